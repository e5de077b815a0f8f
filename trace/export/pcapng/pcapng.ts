import type { Microseconds } from '../../../protocol/units.ts';
import { clockShift } from '../../clock-steps.ts';
import type { TraceEvent } from '../../event.ts';
import { parseEndpoint } from '../conversation.ts';
import type { ByteReader, RecordedSocket, Recording } from '../recording.ts';
import { type Packet, packetBytes, writePacket } from './packet.ts';
import { enhancedPacketBytes, PREAMBLE_BYTES, writeEnhancedPacket, writePreamble } from './pcapng-block.ts';
import { tcpSegments } from './tcp-segments.ts';
import { maxSegment, type WirePair, wirePair } from './wire-address.ts';

/** A packet whose payload is still in its stream: a capture may hold more bytes than should be copied twice. */
type Planned = Omit<Packet, 'payload'> & {
  readonly at: Microseconds;
  /** What the wall clock showed more than the recording's line of time. */
  readonly shift: Microseconds;
  readonly stream: ByteReader;
  readonly offset: number;
  readonly count: number;
  readonly comment: string | undefined;
};

/**
 * A capture that Wireshark opens: pcapng (draft-ietf-opsawg-pcapng), one interface of LINKTYPE_ETHERNET, times in µs.
 * Ethernet, IP, TCP and UDP headers are made up around the calls and bytes of the trace; whatever was not measured says
 * so in its packet comment. A Unix socket's bytes are drawn as TCP between loopback ports; a listener has no packets.
 */
export function encodePcapng(recording: Recording): Uint8Array<ArrayBuffer> {
  // Stable: within one socket times never go back, so its packets keep their order.
  const packets = recording.sockets.flatMap(packetsOf).sort((a, b) => a.at - b.at);
  const size = packets.reduce(
    (sum, packet) => sum + enhancedPacketBytes(packetBytes(packet, packet.count), packet.comment),
    PREAMBLE_BYTES,
  );
  const file = new Uint8Array(size);
  const epoch = Math.round(recording.epoch * 1_000);
  let offset = writePreamble(file);
  for (const { at, shift, stream, offset: from, count, comment, ...packet } of packets) {
    offset = writeEnhancedPacket(file, offset, {
      at: epoch + at + shift,
      length: packetBytes(packet, count),
      comment,
      write: (target, start) => writePacket(target, start, { ...packet, payload: stream.slice(from, count) }),
    });
  }
  return file;
}

function packetsOf(socket: RecordedSocket): Planned[] {
  if (socket.kind === 'udp') return socket.events.flatMap((event) => datagramOf(socket, event));
  const pair = wirePair(socket);
  const madeUp = socket.kind === 'unix' ? 'a Unix socket, drawn as TCP' : 'an address or port is made up';
  return tcpSegments(socket, maxSegment(pair)).map(
    ({ at, from, seq, ack, flags, maxSegment: mss, ...rest }, index) => ({
      ...directed(pair, from === 'local'),
      at,
      shift: clockShift(at, socket.clock ?? []),
      tcp: { seq, ack, flags, ...(mss === undefined ? {} : { maxSegment: mss }) },
      stream: from === 'local' ? socket.sent : socket.received,
      offset: rest.offset,
      count: rest.count,
      comment: index === 0 && pair.isMadeUp ? `${rest.comment}; ${madeUp}` : rest.comment,
    }),
  );
}

/** One call is one datagram; its borders and address stand at our own end alone. */
function datagramOf(socket: RecordedSocket, event: TraceEvent): Planned[] {
  const { at, end, direction, offset, count, error, text } = event;
  if (end !== 'local' || direction === undefined || error !== undefined) return [];
  const pair = wirePair(socket, parseEndpoint(text) ?? socket.remote);
  const isSent = direction === 'sent';
  const stream = isSent ? socket.sent : socket.received;
  const comment = pair.isMadeUp ? 'inferred: an address or port is made up' : undefined;
  const held = Math.max(0, Math.min(count, stream.length - offset));
  const shift = clockShift(at, socket.clock ?? []);
  return [{ ...directed(pair, isSent), at, shift, stream, offset, count: held, comment }];
}

function directed({ local, peer }: WirePair, isSent: boolean): Pick<Packet, 'source' | 'destination'> {
  return isSent ? { source: local, destination: peer } : { source: peer, destination: local };
}
