import { connect } from 'node:net';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { LARGE_FILE } from '../large-page.ts';
import { pause } from '../program.ts';
import type { Attack, Target } from './attack.ts';

/** More than the server has descriptors for, in the rows that limit them. */
const CONNECTIONS = 300;
const HALVES = 200;

/** Connects, says this, and from then on neither reads nor ends; whoever is turned away comes again. */
function squat(count: number, say: (target: Target, index: number) => string): Attack {
  return async (target) => {
    const { port } = new URL(target.url);
    const hold = (index: number): void => {
      const socket = connect({ host: '127.0.0.1', port: Number(port), localAddress: target.address });
      socket.on('error', () => undefined);
      socket.on('close', () => setTimeout(hold, 1_000, index));
      const text = say(target, index);
      if (text !== '') socket.write(text);
      // A FIN is not seen where nothing is read: the kernel's buffers fill, and stay so.
      socket.pause();
    };
    for (let index = 0; index < count; index += 1) {
      hold(index);
      if (index % 20 === 19) await pause(20);
    }
    await new Promise(() => undefined);
  };
}

function request(target: Target, path: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\n${more}\r\n`;
}

/** Asks for a large file and does not read. */
export const slowReaders = squat(CONNECTIONS, (target) => request(target, LARGE_FILE));
export const idleKeepAlive = squat(CONNECTIONS, (target) => request(target, '/healthz'));
export const slowUpgrades = squat(CONNECTIONS, (target) =>
  request(target, LARGE_FILE, 'Connection: Upgrade\r\nUpgrade: websocket\r\n'),
);
export const halfRequests = squat(
  HALVES,
  (_target, index) => ['', 'GE', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '][index % 3] ?? '',
);

/** WebSockets that never say HELLO. */
export const silent: Attack = async (target) => {
  const hold = async (): Promise<void> => {
    for (;;) {
      const raw = new RawGateway(target.url, target.address);
      await raw.opened().catch(() => undefined);
      await raw.closed;
      await pause(1_000);
    }
  };
  await Promise.all(Array.from({ length: HALVES }, hold));
};

/** Each is a request too many for whoever shares the address. */
export const requests: Attack = async (target) => {
  const ask = async (): Promise<void> => {
    const { port } = new URL(target.url);
    for (;;) {
      const socket = connect({ host: '127.0.0.1', port: Number(port), localAddress: target.address });
      socket.on('error', () => undefined);
      socket.resume();
      for (let count = 0; count < 100; count += 1) socket.write(request(target, '/healthz'));
      await pause(30);
      socket.destroy();
    }
  };
  await Promise.all([ask(), ask()]);
};
