import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { End, TraceEvent } from '../event.ts';
import { LadderRows } from './rows.ts';
import type { Column, LadderSource } from './source.ts';
import { wireOf } from './wire.ts';

type Told = { readonly end: End; readonly event: TraceEvent; readonly order: number };
type Step = { readonly end: End; readonly call: string; readonly count: number; readonly late: number };
type Side = {
  sent: number;
  read: number;
  fin: boolean;
  closed: boolean;
  reset: 'none' | 'arrived' | 'met';
  ended: boolean;
};

const steps = fc.array(
  fc.record({
    end: fc.constantFrom<End>('local', 'peer'),
    call: fc.constantFrom('send', 'send', 'send', 'recv', 'recv', 'recv', 'shutdown', 'close', 'reset'),
    count: fc.integer({ min: 1, max: 9 }),
    late: fc.nat(4),
  }),
  { maxLength: 40 },
);

/** A small TCP of two ends without delay: what its calls return, and the packets that they can tell of. */
function play(history: readonly Step[]): { readonly told: readonly Told[]; readonly packets: readonly string[] } {
  const side = (): Side => ({ sent: 0, read: 0, fin: false, closed: false, reset: 'none', ended: false });
  const sides = { local: side(), peer: side() };
  const packets = ['right handshake'];
  const told: Told[] = [];
  const last = { local: 0, peer: 0 };
  let at = 0;
  function tell(end: End, event: Partial<TraceEvent> & Pick<TraceEvent, 'call'>, late = 0): void {
    at += 1;
    last[end] = Math.max(last[end], at + late);
    const blank = {
      argument: undefined,
      direction: undefined,
      offset: 0,
      count: 0,
      text: '',
      error: undefined,
    } as const;
    told.push({ end, order: last[end], event: { ...blank, took: undefined, at, end: 'local', ...event } });
  }
  tell('local', { call: 'connect' });
  tell('peer', { call: 'accept' });
  for (const { end, call, count, late } of history) {
    const [me, other] = end === 'local' ? [sides.local, sides.peer] : [sides.peer, sides.local];
    const to = end === 'local' ? 'right' : 'left';
    const from = end === 'local' ? 'left' : 'right';
    const fails = (failed: 'send' | 'recv' | 'shutdown', error: SocketErrorCode) =>
      tell(end, { call: failed, error }, late);
    const sendsReset = () => {
      packets.push(`${to} reset`);
      if (!other.closed) other.reset = 'arrived';
      other.read = me.sent;
    };
    if (me.closed) continue;
    if (me.reset === 'arrived' && (call !== 'send' || !me.fin)) {
      // An answer to what was sent to a closed socket: that it came is known by this call alone.
      if (other.closed && !packets.includes(`${from} reset`)) packets.push(`${from} reset`);
      me.reset = 'met';
      fails(call === 'send' ? 'send' : 'recv', call === 'send' ? 'EPIPE' : 'ECONNRESET');
      continue;
    }
    if (call === 'send') {
      if (me.fin || me.reset !== 'none') {
        fails('send', 'EPIPE');
        continue;
      }
      tell(end, { call, direction: 'sent', offset: me.sent, count }, late);
      packets.push(`${to} ${count}`);
      me.sent += count;
      if (other.closed) me.reset = 'arrived';
    } else if (call === 'recv') {
      const unread = Math.min(count, other.sent - me.read);
      if (me.reset === 'met' || (unread === 0 && !other.fin)) continue;
      tell(end, { call, direction: 'received', offset: me.read, count: unread }, late);
      me.read += unread;
    } else if (call === 'shutdown') {
      if (me.fin) continue;
      if (me.reset !== 'none') {
        fails('shutdown', 'ENOTCONN');
        continue;
      }
      me.fin = true;
      packets.push(`${to} fin`);
      tell(end, { call, text: 'SHUT_WR' }, late);
    } else if (call === 'close' || !(me.fin && other.fin)) {
      if (call === 'reset' || (me.reset === 'none' && other.sent > me.read)) {
        if (me.reset === 'none') sendsReset();
      } else if (!me.fin && me.reset === 'none') {
        me.fin = true;
        packets.push(`${to} fin`);
      }
      me.closed = true;
      tell(end, { call: call as 'close' | 'reset' }, late);
    }
  }
  return { told: told.sort((a, b) => a.order - b.order), packets: inOrder(packets) };
}

const inOrder = (texts: readonly string[]): readonly string[] => texts.toSorted((a, b) => a.localeCompare(b));

function growing(more: Omit<LadderSource, 'log'>): { source: LadderSource; events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const log = { length: () => events.length, at: (index: number) => events[index] };
  return { events, source: { ...more, log, resetsUnread: true } };
}
function arrows(rows: LadderRows): readonly string[] {
  const shown = Array.from({ length: rows.count }, (_, place) => wireOf(rows.row(place), () => 'tcp'));
  const drawn = shown.flatMap((wire) => {
    if (wire?.kind === 'inferred') return [`${wire.to} ${wire.what}`];
    return wire?.kind === 'bytes' ? [`${wire.to} ${wire.call.event.count}`] : [];
  });
  return inOrder(drawn);
}
function expectOrder(rows: LadderRows, told: readonly Told[]): void {
  const shown = Array.from({ length: rows.count }, (_, place) => rows.row(place));
  const times = shown.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const calls = (column: Column) => shown.flatMap((row) => row[column]?.event.at ?? []);
  const made = (of: End) => told.filter(({ end }) => end === of).map(({ event }) => event.at);
  expect([calls('left'), calls('right')]).toEqual([made('local'), made('peer')]);
}

describe('whatever two ends do, and in whatever order it is told, the arrows are the packets', () => {
  test('of two sockets, each with a log of its own', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (history, isPairedLate) => {
        const { told, packets } = play(history);
        const left = growing({ kind: 'tcp', column: 'left' });
        const right = growing({ kind: 'accepted', column: 'right' });
        const rows = new LadderRows(left.source);
        let other = -1;
        for (const { end, event } of told) {
          (end === 'local' ? left : right).events.push(event);
          if (other < 0 && end === 'peer') {
            other = rows.add(right.source);
            if (!isPairedLate) expect(rows.pair(0, other)).toBe(true);
          }
          rows.update();
          if (other >= 0 && isPairedLate) expect(rows.pair(other, 0)).toBe(true);
        }
        expect(arrows(rows)).toEqual(packets);
        expectOrder(rows, told);
      }),
      { numRuns: 500 },
    );
  });
  test('of one socket whose other end is observed', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { told, packets } = play(history);
        const only = growing({ kind: 'tcp', column: 'left' });
        const rows = new LadderRows(only.source);
        for (const { end, event } of told) {
          const flipped = event.direction === 'sent' ? 'received' : 'sent';
          only.events.push(end === 'local' ? event : { ...event, end, direction: event.direction && flipped });
          rows.update();
        }
        expect(arrows(rows)).toEqual(packets);
        expectOrder(rows, told);
      }),
      { numRuns: 500 },
    );
  });
});
