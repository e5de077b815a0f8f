import { WebSocket } from 'ws';
import type { DialGateway } from '../client/web-socket-port.ts';
import type { Clock } from '../protocol/clock.ts';
import { addressOfNode } from '../protocol/node-name.ts';

/** A browser's WebSocket, from Node: with the Origin that a page of this server would send. */
export function createWsDial(pageUrl: string, origin = new URL(pageUrl).origin): DialGateway {
  const url = `${pageUrl.replace(/^http/, 'ws')}gateway`;
  return ({ onOpen, onMessage, onClose }, node) => {
    const ws = new WebSocket(addressOfNode(url, node), { origin, perMessageDeflate: false });
    ws.on('open', onOpen);
    // A plain Uint8Array, as in a browser: Buffer's slice() shares memory where Uint8Array's copies.
    ws.on('message', (data: Buffer) => onMessage(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
    ws.on('close', (code, reason) => onClose({ code, reason: reason.toString() }));
    ws.on('error', () => undefined); // `close` follows
    return {
      send: (message) => {
        if (ws.readyState === ws.OPEN) ws.send(message);
      },
      bufferedAmount: () => ws.bufferedAmount,
      close: () => {
        ws.removeAllListeners();
        ws.on('error', () => undefined);
        ws.terminate();
      },
    };
  };
}

export const nodeClock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};
