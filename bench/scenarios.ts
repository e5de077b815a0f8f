import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ByteCount, Milliseconds } from '../protocol/units.ts';
import type { BenchSession, BenchStream, RunningBridge } from './adapters/adapter.ts';

export type Targets = { readonly echo: number; readonly source: number; readonly sink: number };
export type Figures = Readonly<Record<string, number>>;
export type Scenario = {
  readonly name: string;
  readonly unit: string;
  /** Is more better? */
  readonly isRate: boolean;
  readonly run: (bridge: RunningBridge, targets: Targets) => Promise<Figures>;
};

const WRITE_BYTES = 65_536;
const block = Buffer.from(Array.from({ length: WRITE_BYTES }, (_, index) => index & 255));

function header(count: ByteCount): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes;
}
function digestOf(count: ByteCount): string {
  const hash = createHash('sha256');
  for (let left = count; left > 0; left -= WRITE_BYTES)
    hash.update(left < WRITE_BYTES ? block.subarray(0, left) : block);
  return hash.digest('hex');
}
async function withSession<Result>(
  bridge: RunningBridge,
  run: (session: BenchSession) => Promise<Result>,
): Promise<Result> {
  const session = await bridge.connect();
  try {
    return await run(session);
  } finally {
    session.close();
  }
}
/** User and system time of a process, in ms (proc(5); a tick is 10 ms). */
function cpuOf(pid: number | undefined): Milliseconds {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
function rssOf(pid: number | undefined): ByteCount {
  if (pid === undefined) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024;
}

function download(session: BenchSession, port: number, count: ByteCount): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    let got = 0;
    const onData = (bytes: Uint8Array): void => {
      hash.update(bytes);
      got += bytes.length;
      if (got === count) resolve(hash.digest('hex'));
    };
    session.open(port, onData).then((stream) => stream.write(header(count)), reject);
  });
}
async function upload(session: BenchSession, port: number, count: ByteCount): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const stream = await session.open(port, (bytes) => resolve(Buffer.from(bytes).toString('hex')));
  stream.write(header(count));
  for (let left = count; left > 0; left -= WRITE_BYTES) {
    await stream.writable();
    stream.write(left < WRITE_BYTES ? block.subarray(0, left) : block);
  }
  return await promise;
}

/** 64 KiB writes, both ways one after the other, hashed at the far end. */
export function bulk(count: ByteCount): Scenario {
  const expected = digestOf(count);
  const check = (digest: string): void => {
    if (digest !== expected) throw new Error('bytes differ');
  };
  return {
    name: `bulk, ${count / 2 ** 20} MiB each way`,
    unit: 'MiB/s',
    isRate: true,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const cpu = cpuOf(bridge.pid);
        const start = performance.now();
        check(await download(session, targets.source, count));
        const middle = performance.now();
        check(await upload(session, targets.sink, count));
        const end = performance.now();
        const mebibytes = count / 2 ** 20;
        return {
          down: mebibytes / ((middle - start) / 1_000),
          up: mebibytes / ((end - middle) / 1_000),
          both: (2 * mebibytes) / ((end - start) / 1_000),
          'bridge CPU s/GiB': ((cpuOf(bridge.pid) - cpu) / 1_000 / (2 * mebibytes)) * 1_024,
        };
      }),
  };
}

/** 64 B there and back, one message under way on each of `streams` connections. */
export function pingPong(streams: number, rounds: number): Scenario {
  return {
    name: `ping-pong 64 B, ${streams} streams`,
    unit: 'messages/s',
    isRate: true,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const message = block.subarray(0, 64);
        const latencies: number[] = [];
        const players = Array.from({ length: streams }, () => {
          const { promise, resolve } = Promise.withResolvers<void>();
          let stream: BenchStream | undefined;
          let left = rounds;
          let got = 0;
          let sentAt = 0;
          const serve = (): void => {
            sentAt = performance.now();
            stream?.write(message);
          };
          const opened = session.open(targets.echo, (bytes) => {
            got += bytes.length;
            if (got < message.length) return;
            got = 0;
            latencies.push(performance.now() - sentAt);
            left -= 1;
            if (left === 0) resolve();
            else serve();
          });
          return { opened: opened.then((ready) => (stream = ready)), serve, done: promise };
        });
        await Promise.all(players.map(({ opened }) => opened));
        const cpu = cpuOf(bridge.pid);
        const start = performance.now();
        for (const { serve } of players) serve();
        await Promise.all(players.map(({ done }) => done));
        const seconds = (performance.now() - start) / 1_000;
        const cpuMicros = ((cpuOf(bridge.pid) - cpu) * 1_000) / (streams * rounds);
        latencies.sort((a, b) => a - b);
        const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
        return {
          'messages/s': (streams * rounds) / seconds,
          'p50 ms': at(0.5),
          'p99 ms': at(0.99),
          'bridge CPU µs each': cpuMicros,
        };
      }),
  };
}

/** `count` messages of 64 B written without waiting, echoed. */
export function pipelined(count: number): Scenario {
  return {
    name: `pipelined 64 B, ${count}`,
    unit: 'messages/s',
    isRate: true,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const message = block.subarray(0, 64);
        const { promise, resolve } = Promise.withResolvers<string>();
        const hash = createHash('sha256');
        let got = 0;
        const stream = await session.open(targets.echo, (bytes) => {
          hash.update(bytes);
          got += bytes.length;
          if (got === count * message.length) resolve(hash.digest('hex'));
        });
        const cpu = cpuOf(bridge.pid);
        const start = performance.now();
        for (let sent = 0; sent < count; sent += 1) {
          if (sent % 64 === 0) await stream.writable();
          stream.write(message);
        }
        const digest = await promise;
        const seconds = (performance.now() - start) / 1_000;
        const expected = createHash('sha256');
        for (let sent = 0; sent < count; sent += 1) expected.update(message);
        if (digest !== expected.digest('hex')) throw new Error('bytes differ');
        const cpuMicros = ((cpuOf(bridge.pid) - cpu) * 1_000) / count;
        return { 'messages/s': count / seconds, 'bridge CPU µs each': cpuMicros };
      }),
  };
}

/** Opens a stream and sees a byte come back: some bridges call a stream open before it is. */
async function openEchoed(session: BenchSession, port: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = await session.open(port, () => resolve());
  stream.write(Uint8Array.of(0));
  await promise;
}

/** Memory of the bridge for connections on which nothing happens. */
export function idle(streams: number): Scenario {
  return {
    name: `idle, ${streams} streams`,
    unit: 'KiB RSS each',
    isRate: false,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        await openEchoed(session, targets.echo);
        const before = rssOf(bridge.pid);
        for (let opened = 0; opened < streams; opened += 100) {
          await Promise.all(Array.from({ length: 100 }, () => openEchoed(session, targets.echo)));
        }
        return { 'KiB RSS each': (rssOf(bridge.pid) - before) / 1_024 / streams };
      }),
  };
}

/** A reader that has stopped: what it costs the bridge, and what it costs another stream of the same browser. */
export function stalled(count: ByteCount): Scenario {
  return {
    name: 'stalled reader',
    unit: 'MiB RSS',
    isRate: false,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const other = await bridge.connect();
        // What a transfer leaves behind for the collector is not the stalled reader's.
        for (let warm = 0; warm < 4; warm += 1) await download(other, targets.source, 64 * 2 ** 20);
        const before = rssOf(bridge.pid);
        const stream = await session.open(targets.source, () => stream?.pause());
        stream.write(header(count));
        await download(other, targets.source, 64 * 2 ** 20);
        const start = performance.now();
        await download(other, targets.source, 64 * 2 ** 20);
        const rate = 64 / ((performance.now() - start) / 1_000);
        other.close();
        return { 'MiB RSS': (rssOf(bridge.pid) - before) / 2 ** 20, 'other MiB/s': rate };
      }),
  };
}
