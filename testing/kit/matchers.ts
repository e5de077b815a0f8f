import type { Milliseconds } from '../../protocol/units.ts';
import { areEqual, firstDifference } from '../../trace/bytes/first-difference.ts';
import { type BytesLike, toBytes } from './bytes.ts';
import { show, showDifference, showDumps } from './show.ts';
import { type TcpPeer, TIMEOUT } from './tcp/tcp-peer.ts';

export type MatchOptions = { readonly timeout?: Milliseconds };
export type MatchResult = {
  readonly pass: boolean;
  readonly name: string;
  readonly message: () => string;
  readonly expected?: unknown;
  readonly actual?: unknown;
};
/** What Playwright, Vitest and Jest give a matcher as `this`; the timeout is Playwright's alone. */
type Context = { readonly isNot?: boolean | undefined; readonly timeout?: Milliseconds | undefined };

/** For `expect.extend`. Those of a peer wait until they hold, as Playwright's of a locator do. */
export const matchers = {
  /** Everything that the peer received, from the first byte on, is this. */
  async toHaveReceivedBytes(this: Context, peer: TcpPeer, expected: BytesLike, options: MatchOptions = {}) {
    return await matchStream(this, 'toHaveReceivedBytes', peer, () => peer.received, expected, options);
  },
  /** Everything that the peer sent is this. */
  async toHaveSentBytes(this: Context, peer: TcpPeer, expected: BytesLike, options: MatchOptions = {}) {
    return await matchStream(this, 'toHaveSentBytes', peer, () => peer.sent, expected, options);
  },
  /** The other end's sending has ended; by FIN or by RST, where one is named. */
  async toHaveEnded(
    this: Context,
    peer: TcpPeer,
    ending?: 'fin' | 'reset',
    options: MatchOptions = {},
  ): Promise<MatchResult> {
    const name = 'toHaveEnded';
    const holds = (): boolean => (ending === undefined ? peer.ending !== 'open' : peer.ending === ending);
    const isHopeless = (): boolean => !isNegated(this) && peer.ending !== 'open';
    await peer.settles(() => holds() !== isNegated(this), isHopeless, timeoutOf(this, options));
    const wanted = ending ?? 'an end';
    const actual = peer.ending;
    const message = (): string => `${hint(name, isNegated(this))}\n  expected: ${wanted}\n  received: ${actual}`;
    return { name, pass: holds(), expected: wanted, actual, message };
  },
  /** At once: these are the bytes. */
  toEqualBytes(this: Context, bytes: Uint8Array, expected: BytesLike): MatchResult {
    const name = 'toEqualBytes';
    const wanted = toBytes(expected);
    const pass = areEqual(bytes, wanted);
    const message = (): string => `${hint(name, isNegated(this))}\n${showDumps(wanted, bytes)}`;
    return { name, pass, expected: show(wanted), actual: show(bytes), message };
  },
} as const;

async function matchStream(
  context: Context,
  name: string,
  peer: TcpPeer,
  stream: () => Uint8Array,
  expected: BytesLike,
  options: MatchOptions,
): Promise<MatchResult> {
  const wanted = toBytes(expected);
  const holds = (): boolean => areEqual(stream(), wanted);
  /** A byte that is wrong stays wrong. */
  const isHopeless = (): boolean => {
    const got = stream();
    return !isNegated(context) && firstDifference(got, wanted) < got.length;
  };
  await peer.settles(() => holds() !== isNegated(context), isHopeless, timeoutOf(context, options));
  const got = stream();
  const message = (): string => `${hint(name, isNegated(context))}\n${showDifference(wanted, got)}`;
  return { name, pass: areEqual(got, wanted), expected: show(wanted), actual: show(got), message };
}

/** Vitest leaves it out where there is no `not`. */
function isNegated({ isNot }: Context): boolean {
  return isNot === true;
}
function timeoutOf({ timeout = TIMEOUT }: Context, options: MatchOptions): Milliseconds {
  return options.timeout ?? timeout;
}
function hint(name: string, isNot: boolean): string {
  return `expect(…)${isNot ? '.not' : ''}.${name}(…)`;
}
