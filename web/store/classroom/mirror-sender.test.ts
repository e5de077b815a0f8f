import { describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { SocketTrace as Trace } from '../../../trace/socket-trace.ts';
import type { Program } from '../programs/program.ts';
import { MirrorSender } from './mirror-sender.ts';
import { WatchedPage } from './watched-page.ts';

function socket(id: number): SocketTrace {
  return new Trace({ id, ordinal: id, kind: 'tcp', target: { host: '127.0.0.1', port: 8009 }, receiveSize: 1_024 });
}
function program(
  file: string,
  source: string,
  printed: readonly string[],
  sockets: readonly SocketTrace[] = [],
): Program {
  return {
    ...{ file, source, isRunning: false },
    printed: { length: () => printed.length, at: (index: number) => printed[index] },
    sockets: { traces: () => sockets },
  } as unknown as Program;
}

/** A page, and one that looks at it. */
function looking(sockets: SocketTrace[], programs: Program[] = []) {
  const clock = new ManualClock();
  const sent: { readonly kind: 'snapshot' | 'delta'; readonly length: number; readonly at: number }[] = [];
  const seen = new WatchedPage();
  const sender = new MirrorSender({
    playground: { sockets: () => sockets } as never,
    programs: () => programs,
    clock,
    send: (kind, bytes) => {
      sent.push({ kind, length: bytes.length, at: clock.now() });
      seen.take(kind, bytes);
    },
  });
  sender.set(true);
  onTestFinished(() => sender.set(false));
  return { clock, sent, seen };
}
const receivedBy = ({ sockets }: WatchedPage): number => sockets[0]?.received.length ?? 0;

describe('a page that is looked at', () => {
  test('tells its past at once, then what has changed, and nothing while nothing has', () => {
    const record = socket(1);
    const { clock, sent, seen } = looking([record]);
    clock.advance(2_000);
    expect(sent.map(({ kind }) => kind)).toEqual(['snapshot']);
    record.appendBytes('received', new Uint8Array(10));
    clock.advance(400);
    expect(sent.map(({ kind }) => kind)).toEqual(['snapshot', 'delta']);
    expect(receivedBy(seen)).toBe(10);
  });

  test('tells no more than the server takes, however much comes; and is whole again when it is quiet', () => {
    const record = socket(1);
    const { clock, sent, seen } = looking([record]);
    for (let tenth = 0; tenth < 300; tenth += 1) {
      record.appendBytes('received', new Uint8Array(50_000));
      clock.advance(100);
    }
    // 64,000 bytes a second, and 384 KiB at once (server/classroom/overview/mirror.ts).
    for (const { at: from } of sent) {
      const within = sent.filter(({ at }) => at >= from && at < from + 10_000);
      expect(within.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(384 * 1_024 + 640_000);
    }
    expect(sent.length).toBeGreaterThan(2);
    record.appendBytes('received', new Uint8Array(3).fill(7));
    clock.advance(10_000);
    const { received } = seen.sockets[0] as SocketTrace;
    expect([...received.slice(received.length - 3, 3)]).toEqual([7, 7, 7]);
  });

  test('shows its programs: their text, the last of what they printed, and their sockets beside those of the page', () => {
    const printed = Array.from({ length: 300 }, (_, line) => `line ${line}`);
    const programs = [program('server.py', 'import socket\n', printed, [socket(1)])];
    const { clock, seen } = looking([socket(1)], programs);
    expect(seen.programs).toMatchObject([{ file: 'server.py', text: 'import socket\n' }]);
    expect(seen.programs[0]?.lines).toHaveLength(200);
    expect(seen.programs[0]?.lines.at(-1)).toBe('line 299');
    expect(seen.sockets).toHaveLength(2);
    programs.splice(0, 1, program('client.py', 'x', ['y'.repeat(100_000)]));
    clock.advance(400);
    // Another set: what was shown of the one before is gone.
    expect(seen.programs.map(({ file }) => file)).toEqual(['client.py']);
    expect(seen.sockets).toHaveLength(1);
  });

  test('is copied as it stands: what comes later changes nothing of the copy', () => {
    const record = socket(1);
    record.appendBytes('received', new Uint8Array(5));
    const { clock, seen } = looking([record], [program('a.py', 'one', [])]);
    const copy = seen.copy();
    record.appendBytes('received', new Uint8Array(5));
    clock.advance(400);
    expect([receivedBy(copy), receivedBy(seen)]).toEqual([5, 10]);
    expect(copy.programs).toMatchObject([{ text: 'one' }]);
    expect(copy.isBegun).toBe(true);
  });
});
