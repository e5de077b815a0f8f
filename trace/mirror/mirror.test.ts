import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaygroundError } from '../../protocol/errors.ts';
import type { TraceEvent } from '../event.ts';
import { type RecordedSocket, readerOf } from '../export/recording.ts';
import { type RecordedHead, SocketTrace } from '../socket-trace.ts';
import { SocketScript } from '../testing/recordings.ts';
import { MirrorFeed, type MirrorSource, mirrorSource } from './mirror-feed.ts';
import type { MirrorProgram } from './mirror-message.ts';
import { MirrorView } from './mirror-view.ts';

type Shown = { head: RecordedHead; sent: number[]; received: number[]; events: TraceEvent[] };

/** Whoever looks, and what is shown there. */
function watcher() {
  const shown = new Map<number, Shown>();
  const programs: MirrorProgram[] = [];
  const of = (id: number): Shown => shown.get(id) as Shown;
  const view = new MirrorView({
    begin: () => shown.clear(),
    setHead: (head) => shown.set(head.id, { ...(shown.get(head.id) ?? { sent: [], received: [], events: [] }), head }),
    addBytes: (id, direction, bytes) => of(id)[direction].push(...bytes),
    addEvents: (id, events) => of(id).events.push(...events),
    remove: (id) => void shown.delete(id),
    setPrograms: (all) => void programs.splice(0, programs.length, ...all),
  });
  return { shown, programs, view };
}

/** The socket as it was after so many of its calls, and with the bytes that they had moved. */
function sourceOf(socket: RecordedSocket, calls = socket.events.length): MirrorSource {
  const { events, sent, received, ...head } = socket;
  const moved = { sent: 0, received: 0 };
  for (const { end, direction, offset, count } of events.slice(0, calls)) {
    if (end === 'local' && direction) moved[direction] = Math.max(moved[direction], offset + count);
  }
  return {
    head: { ordinal: head.id + 1, ...head },
    eventCount: calls,
    eventAt: (index) => events[index],
    sent: readerOf(sent.slice(0, moved.sent)),
    received: readerOf(received.slice(0, moved.received)),
  };
}
const talk = (id: number, turns: number): RecordedSocket => {
  const script = new SocketScript({ id }).connect();
  for (let turn = 0; turn < turns; turn += 1)
    script.send('local', `hello ${turn}`).recv('peer').send('peer', 'answer').recv('local');
  return script.done();
};
const textOf = (bytes: readonly number[]): string => String.fromCharCode(...bytes);

describe('a mirror', () => {
  test('shows what the page shows, wherever the snapshot was taken and however the rest is cut', () => {
    const socket = talk(7, 6);
    const total = socket.events.length;
    fc.assert(
      fc.property(fc.nat(total), fc.array(fc.nat(total), { maxLength: 5 }), (first, cuts) => {
        const feed = new MirrorFeed();
        const { shown, view } = watcher();
        view.take('snapshot', feed.snapshot([sourceOf(socket, first)]));
        for (const calls of [...cuts, total].toSorted((a, b) => a - b).filter((each) => each >= first)) {
          const delta = feed.delta([sourceOf(socket, calls)]);
          if (delta !== undefined) view.take('delta', delta);
        }
        const mirrored = shown.get(7) as Shown;
        expect(mirrored.events).toEqual(socket.events);
        expect(textOf(mirrored.sent)).toBe(textOf([...socket.sent.slice(0, socket.sent.length)]));
        expect(textOf(mirrored.received)).toBe(textOf([...socket.received.slice(0, socket.received.length)]));
        expect(feed.delta([sourceOf(socket, total)])).toBeUndefined();
      }),
    );
  });

  test('of a socket of the page is what the page has of it', () => {
    const identity = {
      id: 7,
      ordinal: 3,
      kind: 'tcp',
      target: { host: '127.0.0.1', port: 8009 },
      receiveSize: 1_024,
    } as const;
    const trace = new SocketTrace(identity);
    const { events, sent, received, ...head } = talk(7, 3);
    trace.restore(head, 0);
    trace.rename('the first try');
    const feed = new MirrorFeed();
    const { shown, view } = watcher();
    view.take('snapshot', feed.snapshot([mirrorSource(trace)]));
    trace.appendBytes('sent', sent.slice(0, sent.length));
    trace.appendBytes('received', received.slice(0, received.length));
    trace.append(events);
    view.take('delta', feed.delta([mirrorSource(trace)]) ?? '');
    expect(shown.get(7)?.events).toEqual(events);
    expect(textOf(shown.get(7)?.received ?? [])).toBe('answer'.repeat(3));
    expect(shown.get(7)?.head).toMatchObject({
      id: 7,
      ordinal: 3,
      name: 'the first try',
      kind: 'tcp',
      remote: { host: '127.0.0.1', port: 8009 },
    });
  });

  test('begins with the last of a long past, whose offsets begin there', () => {
    const script = new SocketScript({ id: 1 }).connect();
    for (let turn = 0; turn < 40; turn += 1) script.send('local', 'x'.repeat(10_000));
    const { shown, view } = watcher();
    view.take('snapshot', new MirrorFeed().snapshot([sourceOf(script.done())]));
    const { sent, events } = shown.get(1) as Shown;
    expect(sent).toHaveLength(131_072);
    const sends = events.filter(({ call }) => call === 'send');
    expect(sends.map(({ offset }) => offset)).toEqual(Array.from({ length: 13 }, (_, index) => 1_072 + 10_000 * index));
  });

  test('of many sockets fits what one snapshot has room for; each tells less of its past', () => {
    const sockets = Array.from({ length: 24 }, (_, id) => {
      const script = new SocketScript({ id }).connect();
      for (let turn = 0; turn < 100; turn += 1) script.send('local', 'x'.repeat(1_000));
      return sourceOf(script.done());
    });
    const { shown, view } = watcher();
    const text = new MirrorFeed().snapshot(sockets);
    expect(text.length).toBeLessThanOrEqual(320 * 1_024);
    view.take('snapshot', text);
    expect(shown.size).toBe(24);
    for (const { sent } of shown.values()) expect(sent.length).toBeGreaterThan(4_096);
  });

  test('a socket that is new, one that is gone, ends that become known, and a second snapshot', () => {
    const feed = new MirrorFeed();
    const { shown, view } = watcher();
    const { local: _, ...unbound } = sourceOf(talk(1, 1)).head;
    view.take('snapshot', feed.snapshot([{ ...sourceOf(talk(1, 1)), head: unbound }]));
    view.take('delta', feed.delta([sourceOf(talk(1, 1)), sourceOf(talk(2, 1))]) ?? '');
    expect(shown.get(1)?.head.local).toEqual({ host: '127.0.0.1', port: 55_378 });
    expect(textOf(shown.get(1)?.sent ?? [])).toBe('hello 0');
    view.take('delta', feed.delta([sourceOf(talk(2, 1))]) ?? '');
    expect([...shown.keys()]).toEqual([2]);
    view.take('snapshot', feed.snapshot([sourceOf(talk(3, 1))]));
    expect([...shown.keys()]).toEqual([3]);
  });

  test('programs and the last lines of their terminals, whole where they have changed', () => {
    const feed = new MirrorFeed();
    const { programs, view } = watcher();
    const server = { file: 'server.py', text: 'import socket', isRunning: false, lines: [] };
    const client = { file: 'client.py', text: 'print(1)', isRunning: true, lines: ['1'] };
    view.take('snapshot', feed.snapshot([], [server, client]));
    expect(feed.delta([], [server, client])).toBeUndefined();
    const ended = { ...client, isRunning: false, lines: ['1', 'done'] };
    const delta = feed.delta([], [server, ended]) ?? '';
    expect(delta).not.toContain('server.py');
    view.take('delta', delta);
    expect(programs).toEqual([server, ended]);
  });
});

describe('what cannot be read', () => {
  const snapshot = new MirrorFeed().snapshot(
    [sourceOf(talk(7, 3))],
    [{ file: 'a.py', text: 'x', isRunning: true, lines: ['y'] }],
  );
  const refusal = (text: string, kind: 'snapshot' | 'delta' = 'snapshot'): string => {
    try {
      watcher().view.take(kind, text);
      return 'taken';
    } catch (error) {
      if (error instanceof PlaygroundError) return error.code;
      throw error;
    }
  };
  test.each([
    ['no JSON', '{'],
    ['another format', snapshot.replace('socket-playground-mirror', 'x')],
    ['another version', snapshot.replace('"version":1', '"version":2')],
    ['a member too many', snapshot.replace('"version":1', '"version":1,"x":1')],
    [
      'a socket of which nothing is known',
      '{"format":"socket-playground-mirror","version":1,"sockets":[{"id":1,"events":[]}]}',
    ],
    ['bytes that are no Base64', snapshot.replace(/"sent":"[^"]+"/, '"sent":"?"')],
    ['a call that moves bytes which are not there', snapshot.replace(/"received":"[^"]+"/, '"received":""')],
  ])('%s', (_, text) => {
    expect(refusal(text)).toBe('MESSAGE_INVALID');
  });
  test('changes nothing of what is shown', () => {
    const { shown, view } = watcher();
    view.take('snapshot', snapshot);
    const before = JSON.stringify([...shown]);
    expect(() => view.take('delta', snapshot.replace(/"received":"[^"]+"/, '"received":"AA="'))).toThrow(
      PlaygroundError,
    );
    expect(JSON.stringify([...shown])).toBe(before);
  });
  test('mutated, is taken or refused, and nothing else', () => {
    const runs = Number(process.env['MIRROR_RUNS'] ?? 2_000);
    const mutation = fc.record({
      at: fc.nat(snapshot.length - 1),
      cut: fc.nat(40),
      text: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom('"', '{', '[', '1e999', '-1', 'null', '"__proto__":{},', ','),
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean(), (mutations, isSnapshot) => {
        let text = snapshot;
        for (const { at, cut, text: added } of mutations) text = text.slice(0, at) + added + text.slice(at + cut);
        expect(['taken', 'MESSAGE_INVALID']).toContain(refusal(text, isSnapshot ? 'snapshot' : 'delta'));
      }),
      { numRuns: runs },
    );
  });
});
