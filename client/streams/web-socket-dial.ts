import type { Clock } from '../../protocol/clock.ts';
import { addressOfNode } from '../../protocol/node-name.ts';
import type { DialGateway } from '../web-socket-port.ts';

/** Node's takes headers besides; a browser sets the Origin itself, and ignores them. */
type WebSocketWithHeaders = new (url: string, options: { headers: { origin: string } }) => WebSocket;
/** A browser takes a protocol or a list of them there, and nothing else. */
const isBrowser = typeof document !== 'undefined' || typeof importScripts !== 'undefined';
declare const importScripts: unknown;

/** Dials by the WebSocket that the host has: a browser's, or Node's. `gateway`: its address, with ws: or wss:. */
export function createWebSocketDial(gateway: string, origin: string): DialGateway {
  const open = (url: string): WebSocket =>
    isBrowser ? new WebSocket(url) : new (WebSocket as unknown as WebSocketWithHeaders)(url, { headers: { origin } });
  return ({ onOpen, onMessage, onClose }, node) => {
    const socket = open(addressOfNode(gateway, node));
    socket.binaryType = 'arraybuffer';
    socket.onopen = onOpen;
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) onMessage(new Uint8Array(data));
    };
    socket.onclose = ({ code, reason }) => onClose({ code, reason });
    return {
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(message);
      },
      bufferedAmount: () => socket.bufferedAmount,
      close: () => {
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
      },
    };
  };
}

export const hostClock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};
