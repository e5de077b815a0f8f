import type { ByteCount } from '../protocol/units.ts';
import { SequenceReader, SequenceWriter } from '../testing/byte-sequence.ts';
import type { BenchStream, RunningBridge } from './adapters/adapter.ts';
import { pinToOneCore } from './one-core.ts';
import { perGibibyte, perMessage, rssOf, startCpu } from './process-costs.ts';
import { download, exchange, header, openEchoed, upload, withSession } from './transfers.ts';

export type Targets = {
  readonly pid: number;
  readonly echo: number;
  readonly source: number;
  readonly sink: number;
  readonly duplex: number;
};
export type Figures = Readonly<Record<string, number>>;
export type Scenario = {
  readonly name: string;
  readonly unit: string;
  /** Is more better? */
  readonly isRate: boolean;
  readonly run: (bridge: RunningBridge, targets: Targets) => Promise<Figures>;
};

const MESSAGE_BYTES = 64;

/** 64 KiB writes, both ways one after the other, compared at the far end. */
export function bulk(count: ByteCount): Scenario {
  return {
    name: `bulk, ${count / 2 ** 20} MiB each way`,
    unit: 'MiB/s',
    isRate: true,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const cpu = startCpu(bridge);
        const start = performance.now();
        await download(session, targets.source, count);
        const middle = performance.now();
        await upload(session, targets.sink, count);
        const end = performance.now();
        const mebibytes = count / 2 ** 20;
        return {
          down: mebibytes / ((middle - start) / 1_000),
          up: mebibytes / ((end - middle) / 1_000),
          both: (2 * mebibytes) / ((end - start) / 1_000),
          ...perGibibyte(cpu(), 2 * count),
        };
      }),
  };
}

/** 64 KiB writes, both ways at once on one stream. */
export function bothWays(count: ByteCount): Scenario {
  return {
    name: `both ways at once, ${count / 2 ** 20} MiB each way, 1 stream`,
    unit: 'MiB/s',
    isRate: true,
    run: (bridge, targets) =>
      withSession(bridge, async (session) => {
        const cpu = startCpu(bridge);
        const start = performance.now();
        await exchange(session, targets.duplex, count);
        const seconds = (performance.now() - start) / 1_000;
        return { both: (2 * count) / 2 ** 20 / seconds, ...perGibibyte(cpu(), 2 * count) };
      }),
  };
}

/** The same with the client, the bridge and the target on one core: what all of it costs, where nothing runs beside. */
export function onOneCore(scenario: Scenario): Scenario {
  return {
    ...scenario,
    name: `on one core: ${scenario.name}`,
    run: async (bridge, targets) => {
      const release = pinToOneCore([process.pid, targets.pid, ...(bridge.pid === undefined ? [] : [bridge.pid])]);
      try {
        return await scenario.run(bridge, targets);
      } finally {
        release();
      }
    },
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
        const writer = new SequenceWriter();
        const wrong = Promise.withResolvers<never>();
        const latencies: number[] = [];
        const players = Array.from({ length: streams }, () => {
          const { promise, resolve } = Promise.withResolvers<void>();
          let stream: BenchStream | undefined;
          let left = rounds;
          let got = 0;
          let sentAt = 0;
          let message: Buffer = Buffer.alloc(0);
          const serve = (): void => {
            message = writer.next(MESSAGE_BYTES);
            sentAt = performance.now();
            stream?.write(message);
          };
          const opened = session.open(targets.echo, (bytes) => {
            if (message.compare(bytes, 0, bytes.length, got, got + bytes.length) !== 0) {
              wrong.reject(new Error('a wrong answer'));
            }
            got += bytes.length;
            if (got < MESSAGE_BYTES) return;
            got = 0;
            latencies.push(performance.now() - sentAt);
            left -= 1;
            if (left === 0) resolve();
            else serve();
          });
          return { opened: opened.then((ready) => (stream = ready)), serve, done: promise };
        });
        await Promise.all(players.map(({ opened }) => opened));
        const cpu = startCpu(bridge);
        const start = performance.now();
        for (const { serve } of players) serve();
        await Promise.race([wrong.promise, Promise.all(players.map(({ done }) => done))]);
        const seconds = (performance.now() - start) / 1_000;
        const costs = perMessage(cpu(), streams * rounds);
        latencies.sort((a, b) => a - b);
        const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
        return {
          'messages/s': (streams * rounds) / seconds,
          'p50 ms': at(0.5),
          'p99 ms': at(0.99),
          ...costs,
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
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const reader = new SequenceReader();
        const stream = await session.open(targets.echo, (bytes) => {
          try {
            reader.take(bytes);
            if (reader.position === count * MESSAGE_BYTES) resolve();
          } catch (error) {
            reject(error as Error);
          }
        });
        const cpu = startCpu(bridge);
        const start = performance.now();
        const writer = new SequenceWriter();
        for (let sent = 0; sent < count; sent += 1) {
          if (sent % 64 === 0) await stream.writable();
          stream.write(writer.next(MESSAGE_BYTES));
        }
        await promise;
        const seconds = (performance.now() - start) / 1_000;
        return { 'messages/s': count / seconds, ...perMessage(cpu(), count) };
      }),
  };
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
