import type { ClientStream } from '../client/stream.ts';
import { ByteSequence } from '../testing/byte-sequence.ts';
import { endpointOf } from '../testing/kit/tcp/connect-tcp.ts';
import { proxyTcp } from '../testing/kit/tcp/tcp-proxy.ts';
import { echo, Peer } from './peer.ts';
import { eventually, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { TestClient } from './test-client.ts';
import { UNLIMITED } from './unlimited.ts';

const MESSAGE_BYTES = 1_000;

/** A whole class loses its network at once, mid-sentence: how soon are all back, and is every byte? */
export const herd: SoakProgram = async ({ isLong, seed }) => {
  const [sessions, streams] = isLong ? [500, 16] : [60, 8];
  const peer = await Peer.start(echo);
  const proxy = await proxyTcp(0, { seed, recordedBytes: 0 });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const server = await ServerProcess.start({ limits: UNLIMITED, allow: [peer.allow], origins: [origin] });
  proxy.target = endpointOf(server.port);
  const clients: TestClient[] = [];
  const open: { stream: ClientStream; sum: number; count: number }[] = [];
  let resets = 0;
  try {
    for (let index = 0; index < sessions; index += 1) {
      const client = await TestClient.enter(`${origin}/`);
      clients.push(client);
      for (let number = 0; number < streams; number += 1) {
        const entry = { sum: 0, count: 0 };
        const stream = client.connect(peer.port, {
          onData: (_at, bytes) => {
            for (const byte of bytes) entry.sum = (entry.sum * 31 + byte) >>> 0;
            entry.count += bytes.length;
            stream.consume(bytes.length);
          },
          onReset: () => {
            resets += 1;
          },
        });
        open.push(Object.assign(entry, { stream }));
      }
    }
    const message = (seed: number, turn: number): Uint8Array =>
      new ByteSequence(seed).bytes((turn - 1) * MESSAGE_BYTES, MESSAGE_BYTES);
    const say = (turn: number): void => open.forEach(({ stream }, index) => void stream.send(message(index, turn)));
    say(1);
    await eventually('everybody is answered', 60_000, () => open.every(({ count }) => count === MESSAGE_BYTES));
    say(2);
    const cutAt = performance.now();
    proxy.reset();
    say(3);
    await Promise.all(clients.map((client) => client.arrived(2)));
    const backAfter = performance.now() - cutAt;
    await eventually('everybody has everything', 60_000, () => open.every(({ count }) => count >= 3 * MESSAGE_BYTES));
    const expected = (index: number): number => {
      let sum = 0;
      for (const turn of [1, 2, 3]) for (const value of message(index, turn)) sum = (sum * 31 + value) >>> 0;
      return sum;
    };
    const wrong = open.filter(({ sum, count }, index) => count !== 3 * MESSAGE_BYTES || sum !== expected(index)).length;
    return new Report()
      .tell('sessions', sessions)
      .tell('streams', open.length)
      .atMost('all back after', backAfter, 3_000, 'ms')
      .tell('all bytes after', performance.now() - cutAt, 'ms')
      .atMost('streams lost', resets, 0)
      .atMost('streams with a wrong byte', wrong, 0).outcome;
  } finally {
    for (const client of clients) client.leave();
    await proxy.close();
    await server.stop();
    await peer.stop();
  }
};
