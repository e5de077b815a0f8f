import { toSocketErrorCode } from '../../protocol/errors.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Port } from '../../protocol/units.ts';
import { type CallLog, siteOf } from './call-log.ts';
import type { SocketEntry } from './socket-entry.ts';

export type RecordedCall = {
  readonly text?: string;
  readonly argument?: number | undefined;
  readonly bytes?: Uint8Array;
  /** An error's name, a refusal's reason behind it. */
  readonly error?: string;
  readonly remote?: string;
};

const PREVIEW_BYTES: ByteCount = 64;
/** Sites below this have no line: the standard library's own doing. */
const FIRST_LINE_SITE = 32;

/** Writes down each call on a socket that came from a line of the program. */
export class CallRecorder {
  readonly #log: CallLog;

  constructor(log: CallLog) {
    this.#log = log;
  }

  record(entry: SocketEntry, site: number, what: RecordedCall = {}): void {
    // A pair within the process is no connection to look at.
    if (site < FIRST_LINE_SITE || entry.twin) return;
    const { line, call } = siteOf(site);
    const { text = '', argument, bytes, error } = what;
    const count = bytes?.length ?? 0;
    const way = call === 'send' || call === 'sendto' ? 'sent' : 'received';
    const offset = count > 0 ? entry.offsets[way] : 0;
    entry.offsets[way] += count;
    this.#log.add({
      line,
      call,
      at: performance.timeOrigin + performance.now(),
      socket: entry.handle,
      argument,
      count,
      offset,
      text,
      error: error ? toSocketErrorCode(error.split(' ')[0]) : undefined,
      preview: bytes?.slice(0, PREVIEW_BYTES),
      local: endpointText(entry.local),
      remote: endpointText(what.remote ?? entry.remote),
    });
  }
}

/** `host port`, as the worker keeps endpoints, as a person reads it. */
export function endpointText(endpoint: string): string {
  const split = endpoint.lastIndexOf(' ');
  return split < 0 ? '' : addressText(endpoint.slice(0, split), Number(endpoint.slice(split + 1)));
}
export function addressText(host: string, port: Port): string {
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}
