import type { DialGateway } from '../../client/session.ts';
import type { Clock } from '../../protocol/clock.ts';

/** The gateway of the page's own origin, under whatever path the page is served. */
export function gatewayUrl(location: Location, base: string): string {
  const url = new URL(`${base}gateway`, location.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export function createWebSocketDial(url: string): DialGateway {
  return ({ onOpen, onMessage, onClose }) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => onOpen();
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

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};
