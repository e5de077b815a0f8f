import { describe, expect, test } from 'vitest';
import { lessonOf, stationsOf } from './stations.ts';

type Stood = Parameters<typeof stationsOf>[0];

const KERNEL: NonNullable<Stood['kernel']> = {
  stream: 1,
  state: 'ESTABLISHED',
  receiveQueue: 7,
  sendQueue: 3,
  rtt: 0,
  rttVariance: 0,
  retransmitTimeout: 0,
  congestionWindow: 10,
  slowStartThreshold: 0,
  retransmits: 0,
  totalRetransmits: 0,
  maxSegment: 0,
  sendWindow: 500,
  receiveWindow: 600,
  sendBlocked: false,
};
const PEER: NonNullable<Stood['peerKernel']> = {
  stream: 1,
  state: 'ESTABLISHED',
  receiveQueue: 20,
  sendQueue: 11,
  sendWindow: 590,
  sendBlocked: false,
};
function stood(given: Partial<Stood> = {}): Stood {
  return {
    kind: 'tcp',
    kernel: KERNEL,
    peerKernel: PEER,
    datagramKernel: undefined,
    peerMoved: { received: 0, sent: 0 },
    proxy: undefined,
    lab: undefined,
    sentCount: 100,
    queuedBytes: 5,
    received: { length: 40 },
    ...given,
  };
}
const measured = (count: number) => ({ count, isMeasured: true });
const inferred = (count: number) => ({ count, isMeasured: false });

describe('where the bytes stand', () => {
  test('both kernels tell; what was read there is concluded from them', () => {
    expect(stationsOf(stood())).toEqual({
      sent: {
        unsent: measured(5),
        sendQueue: measured(3),
        receiveQueue: measured(20),
        read: inferred(77),
        window: 500,
        isBlocked: false,
      },
      received: {
        unsent: inferred(0),
        sendQueue: measured(11),
        receiveQueue: measured(7),
        read: measured(40),
        window: 590,
        isBlocked: false,
      },
    });
  });
  test('a lab server’s program tells itself what it has read', () => {
    const { sent } = stationsOf(stood({ lab: 'Raw echo', peerMoved: { received: 70, sent: 58 } }));
    expect(sent.read).toEqual(measured(70));
  });
  test('a socket of the page at the other end is measured too, what waits in its send() included', () => {
    const other = stood({ queuedBytes: 9, received: { length: 71 } });
    const { sent, received } = stationsOf(stood(), other);
    expect([sent.read, received.unsent]).toEqual([measured(71), measured(9)]);
  });
  test('of another machine only this end is known', () => {
    const { sent, received } = stationsOf(stood({ peerKernel: undefined }));
    expect([sent.receiveQueue, sent.read, received.unsent, received.sendQueue]).toEqual(Array(4).fill(undefined));
    expect([sent.sendQueue, received.receiveQueue, received.window]).toEqual([measured(3), measured(7), 600]);
  });
  test('what a proxy holds is in no queue: nothing is concluded', () => {
    expect(stationsOf(stood({ proxy: { host: '127.0.0.1', port: 1 } })).sent.read).toBeUndefined();
  });
  test('a kernel that tells nothing leaves its stations unknown', () => {
    const { sent, received } = stationsOf(stood({ kind: 'unix', kernel: undefined, peerKernel: undefined }));
    expect([sent.sendQueue, sent.window, received.receiveQueue, received.window]).toEqual(Array(4).fill(undefined));
  });
  test('of datagrams the queue tells the first', () => {
    const datagramKernel = { stream: 3, next: 42, memory: 1_536, buffer: 212_992, dropped: 0 };
    const { received } = stationsOf(stood({ kind: 'udp', kernel: undefined, peerKernel: undefined, datagramKernel }));
    expect(received.receiveQueue).toEqual(measured(42));
  });
  test('who stands in send()', () => {
    const full = { ...PEER, sendBlocked: true };
    const { received } = stationsOf(stood({ peerKernel: full }));
    expect([received.isBlocked, received.unsent]).toEqual([true, undefined]);
    expect(stationsOf(stood({ kernel: { ...KERNEL, sendBlocked: true } })).sent.isBlocked).toBe(true);
    expect(stationsOf(stood({ queuedBytes: 0, kernel: { ...KERNEL, sendBlocked: true } })).sent.isBlocked).toBe(false);
  });
});

const EMPTY = { kernel: { ...KERNEL, receiveQueue: 0 }, peerKernel: { ...PEER, receiveQueue: 0 } };
test.each<[Partial<Stood>, string]>([
  [{ ...EMPTY, isRecvWaiting: true }, 'recv waits'],
  [{ peerKernel: { ...PEER, sendBlocked: true } }, 'they wait'],
  [{ ...EMPTY, kernel: { ...EMPTY.kernel, sendBlocked: true } }, 'you wait'],
  [{}, 'unread here'],
  [{ kernel: EMPTY.kernel }, 'unread there'],
  [EMPTY, 'nothing'],
])('what is to be learned from it, %#', (given, lesson) => {
  const socket = stood(given);
  expect(lessonOf(socket, stationsOf(socket))).toBe(lesson);
});
