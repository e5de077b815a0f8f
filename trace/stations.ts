import type { ByteCount } from '../protocol/units.ts';
import type { SocketTrace } from './socket-trace.ts';

/** How many bytes, and whether that was measured or is concluded from what was. Undefined: not known. */
export type Amount = { readonly count: ByteCount; readonly isMeasured: boolean } | undefined;

/** Where the bytes of one direction stand, from who sends them to who reads them. */
export type StationLane = {
  /** Given to send(), which has not returned for them. */
  readonly unsent: Amount;
  /** In the send buffer of the sender's kernel: not acknowledged yet. */
  readonly sendQueue: Amount;
  /** In the receive queue of the reader's kernel: acknowledged, and not read. */
  readonly receiveQueue: Amount;
  /** Returned by the reader's recv(). */
  readonly read: Amount;
  /** How many more bytes the reader's kernel takes, as the sender's kernel was told last. */
  readonly window: ByteCount | undefined;
  /** The sender stands in send(): its kernel's buffer is full. */
  readonly isBlocked: boolean;
};
export type Stations = { readonly sent: StationLane; readonly received: StationLane };

type Stood = Pick<
  SocketTrace,
  'kind' | 'kernel' | 'peerKernel' | 'datagramKernel' | 'peerMoved' | 'proxy' | 'sentCount' | 'queuedBytes' | 'lab'
> & { readonly received: { readonly length: ByteCount }; readonly isRecvWaiting?: boolean };

/**
 * The four stations of both directions of a connection: this program, its kernel, the other kernel, the other program. `other`: the socket
 * at the other end, where that is one of the page's too.
 */
export function stationsOf(socket: Stood, other?: Stood): Stations {
  return { sent: sentLane(socket, other), received: receivedLane(socket, other) };
}

function sentLane(socket: Stood, other: Stood | undefined): StationLane {
  const { kernel, peerKernel, sentCount, queuedBytes } = socket;
  const sendQueue = measured(kernel?.sendQueue);
  const receiveQueue = measured(peerKernel?.receiveQueue ?? other?.kernel?.receiveQueue);
  return {
    unsent: measured(queuedBytes),
    sendQueue,
    receiveQueue,
    read: peerAmount(socket, other, 'received') ?? rest(socket, sentCount, [sendQueue, receiveQueue]),
    window: kernel?.sendWindow,
    isBlocked: queuedBytes > 0 && kernel?.sendBlocked === true,
  };
}

function receivedLane(socket: Stood, other: Stood | undefined): StationLane {
  const { kernel, peerKernel, datagramKernel, received } = socket;
  const isBlocked = peerKernel?.sendBlocked === true;
  return {
    // Of a lab server's send() that has not returned nobody tells how much it was given.
    unsent: other ? measured(other.queuedBytes) : isBlocked || peerKernel === undefined ? undefined : inferred(0),
    sendQueue: measured(peerKernel?.sendQueue),
    receiveQueue: measured(datagramKernel?.next ?? kernel?.receiveQueue),
    read: measured(received.length),
    window: peerKernel?.sendWindow ?? kernel?.receiveWindow,
    isBlocked,
  };
}

/** What the program at the other end has read or given, where its calls are told. */
function peerAmount(
  { lab, peerMoved }: Stood,
  other: Stood | undefined,
  direction: 'received' | 'sent',
): NonNullable<Amount> | undefined {
  if (other) return measured(direction === 'received' ? other.received.length : other.sentCount);
  return lab === undefined ? undefined : measured(peerMoved[direction]);
}
/** All that left and stands in neither queue was read; what a proxy holds nobody tells. */
function rest({ proxy }: Stood, sent: ByteCount, queues: readonly Amount[]): Amount {
  if (proxy || queues.includes(undefined)) return undefined;
  return inferred(
    Math.max(
      0,
      queues.reduce((left, queue) => left - (queue?.count ?? 0), sent),
    ),
  );
}
function measured(count: ByteCount): NonNullable<Amount>;
function measured(count: ByteCount | undefined): Amount;
function measured(count: ByteCount | undefined): Amount {
  return count === undefined ? undefined : { count, isMeasured: true };
}
function inferred(count: ByteCount): NonNullable<Amount> {
  return { count, isMeasured: false };
}

/** What the picture shows that a beginner takes for something else; the first that is so. */
export type StationsLesson = 'recv waits' | 'they wait' | 'you wait' | 'unread there' | 'unread here' | 'nothing';

export function lessonOf(socket: Stood, { sent, received }: Stations): StationsLesson {
  if (socket.isRecvWaiting && !received.receiveQueue?.count) return 'recv waits';
  if (received.isBlocked) return 'they wait';
  if (sent.isBlocked) return 'you wait';
  if (received.receiveQueue?.count) return 'unread here';
  if (sent.receiveQueue?.count) return 'unread there';
  return 'nothing';
}
