import type { DialGateway } from '../../client/web-socket-port.ts';
import type { Clock } from '../../protocol/clock.ts';
import { type ErrorCode, PlaygroundError } from '../../protocol/errors.ts';
import { addressOfNode } from '../../protocol/node-name.ts';
import type { Milliseconds } from '../../protocol/units.ts';

/** The gateway of the page's own origin, under whatever path the page is served. */
export function gatewayUrl(location: Location, base: string): string {
  const url = new URL(`${base}gateway`, location.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** What the server tells a page of itself that it would let in by another address, or later. */
const REFUSALS: readonly ErrorCode[] = ['ORIGIN_FORBIDDEN', 'HOST_FORBIDDEN', 'FRAME_RATE_EXCEEDED'];
const WHY_TIMEOUT: Milliseconds = 3_000;

/** A browser does not say why a WebSocket was refused; the same address answers a POST with the reason. */
async function askWhy(url: string): Promise<{ code: number; reason: string } | undefined> {
  try {
    const asked = url.replace(/^ws/, 'http');
    const response = await fetch(asked, { method: 'POST', signal: AbortSignal.timeout(WHY_TIMEOUT) });
    const { code } = response.ok ? { code: undefined } : ((await response.json()) as { code?: unknown });
    const refusal = REFUSALS.find((known) => known === code);
    return refusal && { code: new PlaygroundError(refusal, '').closeCode, reason: refusal };
  } catch {
    return undefined; // nobody answers, or somebody else: the WebSocket's own end is all that is known
  }
}

export function createWebSocketDial(url: string): DialGateway {
  let hasOpened = false;
  return ({ onOpen, onMessage, onClose }, node) => {
    const socket = new WebSocket(addressOfNode(url, node));
    let isGivenUp = false;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      hasOpened = true;
      onOpen();
    };
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) onMessage(new Uint8Array(data));
    };
    socket.onclose = async ({ code, reason }) => {
      const why = hasOpened ? undefined : await askWhy(url);
      if (!isGivenUp) onClose(why ?? { code, reason });
    };
    return {
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(message);
      },
      bufferedAmount: () => socket.bufferedAmount,
      close: () => {
        isGivenUp = true;
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
