import { PlaygroundError } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';
import type { Direction, TraceEvent } from '../event.ts';
import type { RecordedSocket } from './recording.ts';

/** What one end did, call by call: all that a program needs to do it again. `at` is when the call returned. */
export type Step =
  | { readonly kind: 'send'; readonly at: Microseconds; readonly bytes: Uint8Array }
  /** TCP: `count` more bytes arrived. UDP: one datagram of `count` bytes. */
  | { readonly kind: 'receive'; readonly at: Microseconds; readonly count: ByteCount }
  /** The peer has sent its last byte: recv returned 0. */
  | { readonly kind: 'receive-end'; readonly at: Microseconds }
  | { readonly kind: 'half-close'; readonly at: Microseconds }
  | { readonly kind: 'close'; readonly at: Microseconds }
  | { readonly kind: 'reset'; readonly at: Microseconds };

export type Conversation = {
  readonly transport: 'tcp' | 'udp' | 'unix';
  /** `accept`: the peer connected, so a program that does the same listens first. */
  readonly role: 'connect' | 'accept';
  /** Whom to connect to, or where to listen. A Unix socket has its path in `host`. */
  readonly endpoint: Endpoint;
  readonly steps: readonly Step[];
  /** What calls moved that are no longer kept, where there are such. */
  readonly missing?: Missing;
};

/** Bytes of calls that a log has dropped: it keeps its latest. */
export type Missing = { readonly sent: ByteCount; readonly received: ByteCount };

/**
 * The calls of the page's own end. Receives that follow one another are one step over TCP, which keeps no borders. What
 * was sent by calls that are no longer kept is one send over TCP; the borders of such datagrams are lost, and they are
 * left out. What was received by such calls is no step: an answer to many sends may be shorter than their answers were.
 * @throws {PlaygroundError} UNSUPPORTED: a listener carries no bytes; or the socket never had an address to talk to.
 */
export function toConversation(socket: RecordedSocket): Conversation {
  if (socket.kind === 'listen') {
    throw new PlaygroundError('UNSUPPORTED', 'a listener carries no bytes: take one of the connections it accepted');
  }
  const role = socket.kind === 'accepted' ? 'accept' : 'connect';
  const endpoint = role === 'accept' ? socket.local : (socket.remote ?? firstDestination(socket));
  if (!endpoint) throw new PlaygroundError('UNSUPPORTED', 'the socket was never connected: there is nobody to talk to');
  const transport = socket.kind === 'accepted' ? 'tcp' : socket.kind;
  const missing = missingOf(socket);
  const calls = ours(socket);
  const steps: Step[] = [];
  if (missing && missing.sent > 0 && transport !== 'udp') {
    steps.push({ kind: 'send', at: calls[0]?.at ?? 0, bytes: socket.sent.slice(0, missing.sent) });
  }
  for (const event of calls) {
    const step = toStep(socket, event);
    const last = steps.at(-1);
    if (!step) continue;
    if (step.kind === 'receive' && last?.kind === 'receive' && transport !== 'udp') {
      steps[steps.length - 1] = { kind: 'receive', at: step.at, count: last.count + step.count };
    } else {
      steps.push(step);
    }
    if (step.kind === 'close' || step.kind === 'reset') break;
  }
  return { transport, role, endpoint, steps, ...(missing && { missing }) };
}

/** Our own end's calls, by time: what was sent is reported in batches, so a log may tell it after what was received later. */
function ours({ events }: RecordedSocket): TraceEvent[] {
  return events.filter(({ end, error }) => end === 'local' && error === undefined).sort((a, b) => a.at - b.at);
}

function missingOf(socket: RecordedSocket): Missing | undefined {
  if (!socket.droppedEvents) return undefined;
  const before = (direction: Direction): ByteCount => {
    let first = socket[direction].length;
    for (const event of socket.events) {
      const isOurs = event.end === 'local' && event.direction === direction && event.error === undefined;
      if (isOurs) first = Math.min(first, event.offset);
    }
    return first;
  };
  return { sent: before('sent'), received: before('received') };
}

function toStep(socket: RecordedSocket, event: TraceEvent): Step | undefined {
  const { at, offset, count } = event;
  switch (event.call) {
    case 'send':
    case 'sendto':
      // A send of nothing is nothing to TCP, and a datagram to UDP.
      if (count === 0 && socket.kind !== 'udp') return undefined;
      return { kind: 'send', at, bytes: socket.sent.slice(offset, count) };
    case 'recv':
    case 'recvfrom':
      return count === 0 && socket.kind !== 'udp' ? { kind: 'receive-end', at } : { kind: 'receive', at, count };
    case 'shutdown':
      return { kind: 'half-close', at };
    case 'close':
      return { kind: 'close', at };
    case 'reset':
      return { kind: 'reset', at };
    default:
      return undefined;
  }
}

/** A UDP socket that was never connected still sent its first datagram somewhere. */
function firstDestination(socket: RecordedSocket): Endpoint | undefined {
  for (const event of socket.events) {
    if (event.end === 'local' && event.call === 'sendto') return parseEndpoint(event.text);
  }
  return undefined;
}

/** Undoes `formatEndpoint`: `127.0.0.1:8009`, `[::1]:8009`. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  return host === undefined || port > 65_535 ? undefined : { host, port };
}
