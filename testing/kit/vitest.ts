/** `socket-playground/vitest`: the matchers, in Vitest's `expect`. */
import { expect } from 'vitest';
import type { BytesLike } from './bytes.ts';
import { type MatchOptions, matchers } from './matchers.ts';

expect.extend(matchers);

declare module 'vitest' {
  // An interface joins the one that is there, with the same parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toHaveReceivedBytes: (expected: BytesLike, options?: MatchOptions) => Promise<void>;
    toHaveSentBytes: (expected: BytesLike, options?: MatchOptions) => Promise<void>;
    toHaveEnded: (ending?: 'fin' | 'reset', options?: MatchOptions) => Promise<void>;
    toEqualBytes: (expected: BytesLike) => R;
  }
}
