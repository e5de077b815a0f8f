import { createHash, type Hash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ClientStream } from '../client/stream.ts';
import { freeze, limitData, oneway, truncate } from '../server/faults/toxics.ts';
import { endpointOf } from '../testing/kit/tcp/connect-tcp.ts';
import { proxyTcp, type TcpProxy } from '../testing/kit/tcp/tcp-proxy.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { Peer } from './peer.ts';
import { eventually, pause, percentile, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { fastClock, TestClient } from './test-client.ts';
import { UNLIMITED } from './unlimited.ts';

const STREAMS = 8;
const QUEUE_BYTES = 65_536;
const CHUNK_BYTES_MAX = 16_384;
const CLOCK_FACTOR = 25;

/** One direction of one stream: what was sent and what arrived. */
class Direction {
  readonly sent = createHash('sha256');
  readonly arrived = createHash('sha256');
  sentBytes = 0;
  arrivedBytes = 0;
  isEnded = false;

  send(bytes: Uint8Array): Uint8Array {
    this.sent.update(bytes);
    this.sentBytes += bytes.length;
    return bytes;
  }
  arrive(bytes: Uint8Array): void {
    this.arrived.update(bytes);
    this.arrivedBytes += bytes.length;
  }
  get isExact(): boolean {
    const digest = (hash: Hash): string => hash.copy().digest('hex');
    return this.isEnded && digest(this.sent) === digest(this.arrived);
  }
}

/** Cuts of six kinds while eight streams are busy both ways: every byte once, in order, or the hashes differ. */
export const resume: SoakProgram = async ({ isLong, seed }) => {
  const cuts = isLong ? 500 : 24;
  const random = createSeededRandom(seed);
  const noise = Buffer.from(Array.from({ length: 4 * CHUNK_BYTES_MAX }, () => random() * 256));
  const chunk = (): Buffer => {
    const start = Math.floor(random() * 2 * CHUNK_BYTES_MAX);
    return Buffer.from(noise.subarray(start, start + 1 + Math.floor(random() * CHUNK_BYTES_MAX)));
  };
  const directions: { up: Direction; down: Direction }[] = [];
  let isOver = false;

  const peer = await Peer.start((socket) => {
    // The first four bytes say which stream it is: connections may be accepted in any order.
    let head = Buffer.alloc(0);
    let at: { up: Direction; down: Direction } | undefined;
    socket.on('data', (bytes) => {
      head = at ? head : Buffer.concat([head, bytes]);
      if (!at && head.length < 4) return;
      const rest = at ? bytes : head.subarray(4);
      if (!at) {
        at = directions[head.readUInt32BE()];
        if (at) talk(socket, at.down, chunk, () => isOver);
      }
      at?.up.arrive(rest);
    });
    socket.on('end', () => {
      if (at) at.up.isEnded = true;
    });
  });
  const proxy = await proxyTcp(0, { seed, recordedBytes: 0 });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const server = await ServerProcess.start({ limits: UNLIMITED, allow: [peer.allow], origins: [origin] });
  proxy.target = endpointOf(server.port);
  const client = await TestClient.enter(`${origin}/`, fastClock(CLOCK_FACTOR));
  const started = performance.now();
  try {
    let resets = 0;
    const streams = Array.from({ length: STREAMS }, (_, index) => {
      const down = new Direction();
      const up = new Direction();
      directions.push({ up, down });
      const stream: ClientStream = client.connect(peer.port, {
        onData: (_at, bytes) => {
          down.arrive(bytes);
          stream.consume(bytes.length);
        },
        onFin: () => {
          down.isEnded = true;
        },
        onProgress: () => write(stream, up, chunk, () => isOver),
        onReset: () => {
          resets += 1;
        },
      });
      const head = Buffer.alloc(4);
      head.writeUInt32BE(index);
      stream.send(head);
      write(stream, up, chunk, () => isOver);
      return { stream, up, down };
    });
    const bytes = (): number => streams.reduce((sum, { up, down }) => sum + up.arrivedBytes + down.arrivedBytes, 0);
    const away: number[] = [];
    for (let cut = 0; cut < cuts; cut += 1) {
      const goal = bytes() + random() * 300_000;
      await eventually('the streams go on', 20_000, () => bytes() > goal);
      const cutAt = performance.now();
      const arrivals = client.arrivals.length;
      await CUTS[cut % CUTS.length]?.(proxy, random);
      await client.arrived(arrivals + 1);
      away.push(performance.now() - cutAt);
    }
    isOver = true;
    for (const { stream, up } of streams) write(stream, up, chunk, () => isOver);
    for (const socket of peer.sockets) socket.emit('drain');
    await eventually(
      'all streams end',
      60_000,
      () => streams.every(({ up, down }) => up.isEnded && down.isEnded) || resets > 0,
    );
    const wrong = streams.flatMap(({ up, down }) => [up, down]).filter(({ isExact }) => !isExact).length;
    return new Report()
      .tell('cuts', cuts)
      .tell('kinds', CUTS.length)
      .atMost('streams lost', resets + client.arrivals.filter(({ isLost }) => isLost).length, 0)
      .atMost('directions with a wrong hash', wrong, 0)
      .tell('carried', bytes() / 1_048_576, 'MiB')
      .tell('back after p50', percentile(away, 0.5), 'ms')
      .tell('p99', percentile(away, 0.99), 'ms')
      .tell('took', (performance.now() - started) / 1_000, 's').outcome;
  } finally {
    client.leave();
    await proxy.close();
    await server.stop();
    await peer.stop();
  }
};

const CUTS: readonly ((proxy: TcpProxy, random: () => number) => Promise<void> | void)[] = [
  (proxy) => proxy.reset(),
  (proxy, random) => proxy.strike({ upstream: [limitData(1 + Math.floor(random() * 65_536))] }),
  (proxy, random) => proxy.strike({ downstream: [truncate(1 + Math.floor(random() * 65_536))] }),
  (proxy, random) => {
    const hold = freeze(50 + random() * 900); // before, at and long after the learner has come back
    proxy.strike({ upstream: [hold], downstream: [hold] });
  },
  (proxy, random) => proxy.strike(random() < 0.5 ? { upstream: [oneway()] } : { downstream: [oneway()] }),
  async (proxy, random) => {
    proxy.isDown = true;
    await pause(20 + random() * 150);
    proxy.isDown = false;
  },
];

function write(stream: ClientStream, direction: Direction, chunk: () => Uint8Array, isOver: () => boolean): void {
  while (stream.canSend && !isOver() && stream.queuedBytes < QUEUE_BYTES) stream.send(direction.send(chunk()));
  if (isOver()) stream.shutdown();
}

function talk(socket: Socket, direction: Direction, chunk: () => Uint8Array, isOver: () => boolean): void {
  const more = (): void => {
    while (!isOver() && socket.writable && socket.writableLength < QUEUE_BYTES) socket.write(direction.send(chunk()));
    if (isOver()) socket.end();
  };
  socket.on('drain', more);
  more();
}
