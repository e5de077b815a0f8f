import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Transport } from '../../../protocol/reliable/transport.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import type { Traffic } from './traffic.ts';

/** What ws and Node keep beneath a WebSocket. Not public: both are pinned, and what is not there is treated as not there. */
type Beneath = { readonly _socket?: Socket & { readonly _handle?: Handle | null } };
type Handle = { readonly bytesWritten?: unknown; readonly writeQueueSize?: unknown };

/** A WebSocket of ws's as the reliable layer sees it. ws reads a message until it calls back, and calls back if it fails too. */
export function createTransport(ws: WebSocket, traffic: Traffic): Transport {
  const socket = (ws as unknown as Beneath)._socket;
  return {
    send: (message, onSent) => {
      traffic.messagesDown += 1;
      traffic.bytesDown += message.length;
      ws.send(message, onSent);
    },
    bufferedAmount: () => ws.bufferedAmount,
    given: () => socket?.bytesWritten ?? 0,
    left: () => bytesLeft(socket?._handle),
  };
}

/**
 * How many bytes the kernel has taken, exactly: writes that share a system call have left long before their callbacks run,
 * and an ACK of the first of them may be here before. All of them where it cannot be told; Windows reads them later.
 */
function bytesLeft(handle: Handle | null | undefined): ByteCount {
  const { bytesWritten, writeQueueSize } = handle ?? {};
  const isKnown = typeof bytesWritten === 'number' && typeof writeQueueSize === 'number';
  return isKnown && process.platform !== 'win32' ? bytesWritten - writeQueueSize : Number.POSITIVE_INFINITY;
}
