import type { PlaygroundError } from '../../../protocol/errors.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { RecordedHead } from '../../../trace/socket-trace.ts';
import type { Part } from './parts.ts';

export type FileFormat = 'pcapng' | 'json' | 'text' | 'python';

/**
 * Who has parts to give sends the next when the other end asks for it with `more`, so that neither is ever handed more
 * than it can take: to save, `save`, parts and `end` go to the worker, and a `file` comes back; to open, `open` goes, and
 * `recording`, parts and `end` come.
 */
export type ToFileWorker =
  | {
      readonly type: 'save';
      readonly format: FileFormat;
      readonly sockets: readonly RecordedHead[];
    }
  | { readonly type: 'open'; readonly file: Blob }
  | { readonly type: 'part'; readonly part: Part }
  | { readonly type: 'end' }
  | { readonly type: 'more' };

export type FromFileWorker =
  | { readonly type: 'more' }
  | { readonly type: 'file'; readonly file: Blob }
  | {
      readonly type: 'recording';
      readonly epoch: Milliseconds;
      readonly sockets: readonly RecordedHead[];
      /** How many parts follow. */
      readonly parts: number;
    }
  | { readonly type: 'part'; readonly part: Part }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly code: PlaygroundError['code'] | undefined; readonly text: string };
