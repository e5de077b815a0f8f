import { describe, expect, test } from 'vitest';
import { FrameType } from '../protocol/frame.ts';
import { failureOf } from '../protocol/testing/failures.ts';
import { ByteSequence } from '../testing/byte-sequence.ts';
import type { ClientStream } from './stream.ts';
import { CALLBACKS, CallbackWorld, LONG } from './testing/callback-world.ts';

type Call = {
  readonly name: string;
  readonly act: (world: CallbackWorld) => void;
  /** What came of it on the subject, when all had time to arrive. */
  readonly check: (world: CallbackWorld) => void;
};

const MARK = new ByteSequence(9).bytes(0, 70_000);
const sent = (...more: Uint8Array[]): Buffer => Buffer.concat([new ByteSequence(1).bytes(0, LONG), ...more]);

function expectExact(bytes: Uint8Array | undefined, expected: Uint8Array): void {
  expect(bytes?.length).toBe(expected.length);
  expect(Buffer.compare(bytes ?? Buffer.alloc(0), expected)).toBe(0); // not toEqual: it would print both
}
function expectSent(world: CallbackWorld, ...more: Uint8Array[]): void {
  expectExact(world.far(world.subject)?.bytes, sent(...more));
}
function expectReceived(world: CallbackWorld): void {
  expectExact(Buffer.concat(world.received), new ByteSequence(3).bytes(0, 100_000));
}
/** It came once, and behind so many bytes. */
function expectEnd(world: CallbackWorld, type: FrameType, bytes: number): void {
  const far = world.far(world.subject);
  expect(far?.types.filter((found) => found === type)).toHaveLength(1);
  expect(far?.endedAt.get(type)).toBe(bytes);
}

const opened: ClientStream[] = [];
const results: (string | undefined)[] = [];
const noted = (result: { readonly code?: string }): void => void results.push(result.code);

const CALLS: readonly Call[] = [
  {
    name: 'send',
    act: ({ subject }) => subject.send(MARK.subarray(0, 1)),
    check: (world) => expectSent(world, MARK.subarray(0, 1)),
  },
  {
    name: 'send of nothing',
    act: ({ subject }) => subject.send(new Uint8Array()),
    check: (world) => expectSent(world),
  },
  {
    name: 'long send, then another',
    act: ({ subject }) => {
      subject.send(MARK);
      subject.send(MARK.subarray(5, 9));
    },
    check: (world) => expectSent(world, MARK, MARK.subarray(5, 9)),
  },
  {
    name: 'send of an array that is then changed',
    act: ({ subject }) => {
      const bytes = MARK.slice();
      subject.send(bytes);
      bytes.fill(0);
    },
    check: (world) => expectSent(world, MARK),
  },
  {
    name: 'shutdown',
    act: ({ subject }) => subject.shutdown(),
    check: (world) => {
      expectSent(world);
      expectEnd(world, FrameType.FIN, LONG);
      expect(failureOf(() => world.subject.send(MARK)).code).toBe('SOCKET_CLOSED');
    },
  },
  {
    name: 'send, then close',
    act: ({ subject }) => {
      subject.send(MARK);
      subject.close();
    },
    check: (world) => {
      expectSent(world, MARK);
      expectEnd(world, FrameType.CLOSE, LONG + MARK.length);
      expect(world.subject.isOver).toBe(true);
    },
  },
  {
    name: 'shutdown, then close twice',
    act: ({ subject }) => {
      subject.shutdown();
      subject.close();
      subject.close();
    },
    check: (world) => {
      expectSent(world);
      expectEnd(world, FrameType.FIN, LONG);
      expectEnd(world, FrameType.CLOSE, LONG);
    },
  },
  {
    name: 'send, then reset twice, then close',
    act: ({ subject }) => {
      subject.send(MARK);
      subject.reset();
      subject.reset();
      subject.close();
      expect(subject.queuedBytes).toBe(0);
    },
    check: (world) => {
      const bytes = world.far(world.subject)?.bytes ?? Buffer.alloc(0);
      expectEnd(world, FrameType.RST, bytes.length);
      expect(world.far(world.subject)?.types).not.toContain(FrameType.CLOSE);
      expectExact(bytes, sent(MARK).subarray(0, bytes.length));
      expect(world.subject.isOver).toBe(true);
    },
  },
  {
    name: 'consume of more than was received',
    act: ({ subject }) => expect(failureOf(() => subject.consume(1)).code).toBe('ARGUMENT_INVALID'),
    check: expectReceived,
  },
  {
    name: 'accept',
    act: ({ listener }) => listener.accept(),
    check: (world) => {
      expect(world.far(world.listener)?.types).toEqual([FrameType.ACCEPT]);
      expect(world.called.filter((name) => name === 'onAccepted')).toHaveLength(2);
    },
  },
  {
    name: 'call',
    act: ({ subject, client }) => {
      results.length = 0;
      void subject.call({ call: 'getsockopt' }).then(noted);
      void client.call({ call: 'getaddrinfo', host: 'localhost' }).then(noted);
    },
    check: () => expect(results).toEqual([undefined, undefined]),
  },
  {
    name: 'open, send and close',
    act: ({ client }) => {
      const stream = client.open({ kind: 'tcp', host: '127.0.0.1', port: 2 }, {});
      stream.send(MARK);
      stream.close();
      opened.splice(0, 1, stream);
    },
    check: (world) => {
      const far = world.far(opened[0] as ClientStream);
      expectExact(far?.bytes, MARK);
      expect(far?.isOver).toBe(true);
    },
  },
  {
    name: 'open of what the gateway would end the session for',
    act: ({ client, subject }) => {
      expect(failureOf(() => client.open({ kind: 'tcp', host: '', port: 70_000 }, {})).code).toBe('MESSAGE_INVALID');
      results.length = 0;
      void subject.call({ call: 'listen', backlog: -1 }).catch(noted);
    },
    check: () => expect(results).toEqual(['MESSAGE_INVALID']),
  },
  {
    name: 'sendTo',
    act: ({ datagrams }) => datagrams.sendTo('::1', 9, MARK.subarray(0, 100)),
    check: (world) => expect(world.far(world.datagrams)?.types).toEqual([FrameType.DGRAM, FrameType.DGRAM]),
  },
  {
    name: 'watch, poke, setPinging',
    act: ({ client, subject }) => {
      client.watch([subject.id]);
      client.poke();
      client.setPinging(false);
      client.setPinging(true);
    },
    check: (world) => expect(world.client.phase).toBe('online'),
  },
  {
    name: 'send on another stream',
    act: ({ other }) => other.send(new ByteSequence(2).bytes(LONG, 1)),
    check: (world) => expectExact(world.far(world.other)?.bytes, new ByteSequence(2).bytes(0, LONG + 1)),
  },
];

describe.each(CALLBACKS)('from within %s:', (callback) => {
  test.each(CALLS)('$name', async ({ act, check }) => {
    const world = new CallbackWorld(callback, act);
    await world.run();
    expect(world.reported).toEqual([]);
    expect(world.called).toContain(callback);
    check(world);
    expect(world.isNested).toBe(false);
    expect(world.client.phase).toBe('online');
    // Whatever was called, the other stream has what belongs to it.
    expectExact(world.far(world.other)?.bytes.subarray(0, LONG), new ByteSequence(2).bytes(0, LONG));
    expectExact(Buffer.concat(world.otherReceived), new ByteSequence(4).bytes(0, 100_000));
  });

  test('what it throws is reported, and everything goes on', async () => {
    const thrown = new Error('of the application');
    const world = new CallbackWorld(callback, ({ subject }) => {
      subject.send(MARK);
      throw thrown;
    });
    if (callback === 'result of a call') return; // a promise reports by itself
    await world.run();
    expect(world.reported).toEqual([thrown]);
    expectSent(world, MARK);
    expectReceived(world);
    expectExact(world.far(world.other)?.bytes, new ByteSequence(2).bytes(0, LONG));
    expectExact(Buffer.concat(world.otherReceived), new ByteSequence(4).bytes(0, 100_000));
    expect(world.client.phase).toBe('online');
  });

  test('leave', async () => {
    results.length = 0;
    const world = new CallbackWorld(callback, ({ client, subject }) => {
      void client.call({ call: 'trysocket' }).then(noted);
      client.leave();
      client.leave();
      client.start();
      client.poke();
      expect(client.open({ kind: 'tcp', host: '127.0.0.1', port: 2 }, {}).isOver).toBe(true);
      void subject.call({ call: 'getsockopt' }).then(noted);
      for (const run of [subject.close, subject.reset, subject.shutdown, subject.accept]) run.call(subject);
      expect(failureOf(() => subject.send(MARK)).code).toBe('SOCKET_CLOSED');
    });
    await world.run();
    world.clock.advance(60_000);
    await world.go();
    expect(world.reported).toEqual([]);
    expect(world.client.phase).toBe('left');
    const later = world.called.slice(world.calledWhenActed);
    expect(later.filter((name) => name !== 'result of a call')).toEqual([]);
    expect(results).toEqual(['SESSION_GONE', 'SESSION_GONE']);
    expect(world.clock.pending).toBe(0);
    expect(world.gateway.isLeft).toBe(true);
  });
});
