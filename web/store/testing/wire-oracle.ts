import { formatEndpoint } from '../../../protocol/target.ts';
import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import type { Packet } from '../../../testing/wire/wire-capture.ts';
import type { LadderCall, LadderRow } from '../../../trace/ladder/row-table.ts';
import { LadderRows } from '../../../trace/ladder/rows.ts';
import { type Column, opposite } from '../../../trace/ladder/source.ts';
import { type Inferred, type Wire, wireOf } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';

/** Readings of the wall clock by the kernel, and by this process for a line of time, are apart by as much. */
const CLOCK: Microseconds = 1_500;
/** The event loop of a busy machine tells of a call as much later than its packet left. */
const LATE: Microseconds = 2_000_000;

/** An arrow of the ladder; `sent` and `read`: when the calls of its two ends returned, where they are told of. */
type Arrow = {
  readonly what: Inferred | 'bytes' | 'earlier';
  readonly to: Column;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  readonly called: Microseconds | undefined;
  readonly sent: Microseconds | undefined;
  readonly read: Microseconds | undefined;
};

/** One socket of the page, or the two ends of one connection: the first stands on the left. */
export type Told = readonly [SocketTrace, SocketTrace?];

/** What the ladder draws of a conversation that did not cross the wire so, and what crossed it and is not drawn. */
export function wireFaults(told: Told, packets: readonly Packet[]): string[] {
  const arrows = arrowsOf(told);
  return told[0].kind === 'udp' ? datagramFaults(told[0], arrows, packets) : streamFaults(told[0], arrows, packets);
}

function arrowsOf([left, right]: Told): Arrow[] {
  const rows = new LadderRows({ log: left.log, kind: left.kind, column: 'left' });
  if (right) rows.pair(0, rows.add({ log: right.log, kind: right.kind, column: 'right' }));
  rows.update();
  const records = [left, right ?? left] as const;
  return Array.from({ length: rows.count }, (_, place) => rows.row(place)).flatMap((row) => {
    const wire = wireOf(row, (source) => records[source as 0 | 1].kind);
    return wire ? (arrowOf(row, wire, records) ?? []) : [];
  });
}

function arrowOf(row: LadderRow, wire: Wire, records: readonly [SocketTrace, SocketTrace]): Arrow | undefined {
  if (wire.kind === 'rest') return undefined;
  const at = (call: LadderCall | undefined) =>
    call && Math.round(records[call.source as 0 | 1].wallClock(call.event.at) * 1_000);
  const to = wire.kind === 'earlier' ? (row.left ? 'left' : 'right') : wire.to;
  const [from, towards] = [row[opposite(to)], row[to]];
  const sent = at(from);
  const took = from?.event.took;
  const { offset = 0, count = 0 } = wire.kind === 'bytes' ? wire.call.event : {};
  return {
    what: wire.kind === 'inferred' ? wire.what : wire.kind,
    to,
    offset,
    count,
    called: sent === undefined || took === undefined ? undefined : sent - took,
    sent,
    read: at(towards),
  };
}

/** One direction of a connection, as it went over the wire. */
class Flow {
  readonly packets: readonly Packet[];
  readonly fin: Packet | undefined;
  readonly resets: readonly Packet[];
  readonly syn: Packet | undefined;

  constructor(packets: readonly Packet[]) {
    this.packets = packets;
    this.syn = packets.find(({ flags }) => flags.includes('S'));
    this.fin = packets.find(({ flags }) => flags.includes('F'));
    this.resets = packets.filter(({ flags }) => flags.includes('R'));
  }
  /** The first byte of a packet's data, counted from the start of the stream. */
  offsetOf({ seq }: Packet): ByteCount {
    return (seq - ((this.syn?.seq ?? 0) + 1)) >>> 0;
  }
  /** The first packet that carried a byte. */
  carrierOf(byte: ByteCount): Packet | undefined {
    return this.packets.find((packet) => {
      const offset = this.offsetOf(packet);
      return packet.length > 0 && offset <= byte && byte < offset + packet.length;
    });
  }
  get data(): readonly Packet[] {
    return this.packets.filter(({ length }) => length > 0);
  }
}

function streamFaults(record: SocketTrace, arrows: readonly Arrow[], packets: readonly Packet[]): string[] {
  const faults: string[] = [];
  const own = record.local ? formatEndpoint(record.local.host, record.local.port) : packets[0]?.from;
  const flows: Record<Column, Flow> = {
    right: new Flow(packets.filter(({ from }) => from === own)),
    left: new Flow(packets.filter(({ to }) => to === own)),
  };
  faults.push(...openingFaults(arrows, flows));
  for (const to of ['left', 'right'] as const) {
    const flow = flows[to];
    const towards = arrows.filter((arrow) => arrow.to === to);
    const bytes = towards.filter(({ what }) => what === 'bytes');
    for (const arrow of bytes) faults.push(...bytesFaults(arrow, flow));
    for (const packet of flow.data) {
      const [first, end] = [flow.offsetOf(packet), flow.offsetOf(packet) + packet.length];
      for (let byte = first; byte < end; byte += 1) {
        if (bytes.some(({ offset, count }) => offset <= byte && byte < offset + count)) continue;
        faults.push(`bytes ${byte} to ${end} to the ${to} crossed the wire, and no arrow shows them`);
        break;
      }
    }
    const fins = towards.filter(({ what }) => what === 'fin');
    faults.push(...oneFaults('FIN', to, fins, flow.fin));
    const resets = towards.filter(({ what }) => what === 'reset');
    const isRefused = arrows.some(({ what }) => what === 'refused');
    if (!isRefused) faults.push(...oneFaults('RST', to, resets, flow.resets[0]));
  }
  return faults;
}

/** The three-way handshake, its refusal, or a SYN that nobody answers. */
function openingFaults(arrows: readonly Arrow[], flows: Readonly<Record<Column, Flow>>): string[] {
  const faults: string[] = [];
  const openings = arrows.filter(({ what }) => ['handshake', 'refused', 'syn', 'earlier'].includes(what));
  const [opening, ...more] = openings;
  if (more.length > 0) faults.push(`drawn as well as ${opening?.what}: ${more.map(({ what }) => what).join(', ')}`);
  if (opening === undefined)
    return [...faults, ...(flows.right.syn ? ['a SYN crossed the wire, and no arrow shows it'] : [])];
  const { what, to, called, sent } = opening;
  const isAccept = what === 'earlier';
  const forth = flows[isAccept ? to : to];
  const back = flows[opposite(to)];
  const syn = forth.syn;
  if (!syn) return [...faults, `${what} is drawn, and no SYN crossed the wire`];
  const answer = back.syn ? 'handshake' : back.resets.length > 0 ? 'refused' : 'syn';
  if (answer !== (isAccept ? 'handshake' : what)) faults.push(`${what} is drawn, and ${answer} crossed the wire`);
  const returned = isAccept ? opening.read : sent;
  const last = what === 'refused' ? back.resets[0] : back.syn;
  if (called !== undefined && syn.at < called - CLOCK)
    faults.push(`the SYN left ${called - syn.at} µs before connect() was called`);
  if (last && returned !== undefined && last.at > returned + CLOCK) {
    faults.push(`${what}: the answer came ${last.at - returned} µs after the call returned`);
  }
  return faults;
}

function bytesFaults({ offset, count, to, sent, read }: Arrow, flow: Flow): string[] {
  const what = `bytes ${offset} to ${offset + count} to the ${to}`;
  for (let byte = offset; byte < offset + count; ) {
    const carrier = flow.carrierOf(byte);
    if (!carrier) return [`${what} are drawn, and byte ${byte} did not cross the wire`];
    byte = flow.offsetOf(carrier) + carrier.length;
  }
  const first = flow.carrierOf(offset) as Packet;
  const last = flow.carrierOf(offset + count - 1) as Packet;
  return timeFaults(what, first, last, sent, read);
}
function oneFaults(name: string, to: Column, drawn: readonly Arrow[], packet: Packet | undefined): string[] {
  if (drawn.length > 1) return [`${drawn.length} arrows of ${name} to the ${to}`];
  const [arrow] = drawn;
  if (arrow && !packet) return [`${name} to the ${to} is drawn, and did not cross the wire`];
  if (packet && !arrow) return [`${name} to the ${to} crossed the wire, and no arrow shows it`];
  return packet && arrow ? timeFaults(`${name} to the ${to}`, packet, packet, arrow.sent, arrow.read) : [];
}
/** What was read had come before; what was sent left about then. */
function timeFaults(
  what: string,
  first: Packet,
  last: Packet,
  sent: Microseconds | undefined,
  read: Microseconds | undefined,
): string[] {
  const faults: string[] = [];
  if (read !== undefined && last.at > read + CLOCK) faults.push(`${what}: read ${last.at - read} µs before they came`);
  if (sent !== undefined && Math.abs(first.at - sent) > LATE)
    faults.push(`${what}: ${first.at - sent} µs after the call`);
  return faults;
}

/** Datagrams: each arrow has one of its length, and each of them an arrow. */
function datagramFaults(record: SocketTrace, arrows: readonly Arrow[], packets: readonly Packet[]): string[] {
  const port = record.local?.port;
  const faults: string[] = [];
  for (const to of ['left', 'right'] as const) {
    const crossed = packets.filter(
      ({ protocol, from }) => protocol === 'udp' && from.endsWith(`:${port}`) === (to === 'right'),
    );
    const drawn = arrows.filter((arrow) => arrow.what === 'bytes' && arrow.to === to);
    const [lengths, counts] = [crossed.map(({ length }) => length), drawn.map(({ count }) => count)];
    if (lengths.join() !== counts.join())
      faults.push(`datagrams to the ${to}: ${counts.join()} drawn, ${lengths.join()} crossed the wire`);
    for (const [nth, arrow] of drawn.entries()) {
      const packet = crossed[nth];
      if (packet) faults.push(...timeFaults(`datagram ${nth}`, packet, packet, arrow.sent, arrow.read));
    }
  }
  return faults;
}
