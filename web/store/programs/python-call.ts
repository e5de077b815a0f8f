import type { SocketErrorCode } from '../../../protocol/errors.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';

/** One call of a Python program that has returned. */
export type PythonCall = {
  readonly line: number;
  readonly call: TraceEvent['call'];
  /** When it returned, ms since 1970 on the line of time of the page. */
  readonly at: Milliseconds;
  /** What it was made on, counted through the process. */
  readonly socket: number;
  /** The number in the call's brackets: recv(1024), listen(5). */
  readonly argument: number | undefined;
  /** Bytes moved, and where in the socket's stream of that direction they stand. */
  readonly count: ByteCount;
  readonly offset: ByteCount;
  /** An address as `127.0.0.1:8009`, or an option; empty where there is none. */
  readonly text: string;
  readonly error: SocketErrorCode | undefined;
  /** The first bytes moved. */
  readonly preview: Uint8Array | undefined;
  /** The connection's two ends, once it has them: what joins the calls of two programs. */
  readonly local: string;
  readonly remote: string;
};

const PREVIEW_BYTES: ByteCount = 64;

/** A call of a program's socket as a row of the ladder; undefined for one that is not drawn there. */
export function pythonCall(trace: SocketTrace, event: TraceEvent): PythonCall | undefined {
  const { end, call, at, argument, count, offset, text, error, site, variant } = event;
  const isTwice = call === 'accept' && trace.kind === 'accepted';
  if (end !== 'local' || !site || variant === 'MSG_PEEK' || isTwice) return undefined;
  const preview = eventBytes(trace, event, PREVIEW_BYTES);
  const [local, remote] = [trace.local, trace.remote].map((of) =>
    of === undefined ? '' : of.host.startsWith('/') ? of.host : formatEndpoint(of.host, of.port),
  ) as [string, string];
  return {
    line: site.line,
    call,
    at: at / 1_000,
    socket: trace.id,
    argument,
    count,
    offset,
    text,
    error,
    preview: preview && preview.length > 0 ? preview : undefined,
    local,
    remote: call === 'accept' ? text : remote,
  };
}
