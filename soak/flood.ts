import { Attackers } from './attack/attackers.ts';
import { rowsNamed } from './attack/rows.ts';
import { pause, percentile, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { TestClient } from './test-client.ts';

const FLOODS = rowsNamed('tiny DATA', 'WebSocket pings', 'batches of PING', 'ACK', 'OPEN and RST');
const ASK_EVERY = 40;
const ANSWERED_WITHIN = 150;

/** Five learners who flood, each in a way and a process of its own, and a quiet one who asks an echo now and then. */
export const flood: SoakProgram = async ({ isLong }) => {
  const server = await ServerProcess.start({ limits: { hellosPerMinutePerAddress: 100_000 } });
  const flooders: Attackers[] = [];
  const client = await TestClient.enter(server.url);
  try {
    const echoPort = server.labPort('Raw echo');
    const waits: number[] = [];
    let answered: (() => void) | undefined;
    const stream = client.connect(echoPort, {
      onData: (_at, bytes) => {
        stream.consume(bytes.length);
        answered?.();
      },
    });
    const ask = async (): Promise<number> => {
      const start = performance.now();
      const { promise, resolve } = Promise.withResolvers<void>();
      answered = resolve;
      stream.send(Uint8Array.of(1));
      await Promise.race([promise, pause(5_000)]);
      return performance.now() - start;
    };
    const alone: number[] = [];
    for (let index = 0; index < 25; index += 1) {
      alone.push(await ask());
      await pause(ASK_EVERY);
    }
    for (const row of FLOODS) flooders.push(await Attackers.start({ ...row, attackers: 1 }, server));
    const end = performance.now() + (isLong ? 30_000 : 5_000);
    let asked = 0;
    while (performance.now() < end) {
      asked += 1;
      const wait = await ask();
      if (wait < 5_000) waits.push(wait);
      await pause(ASK_EVERY);
    }
    const isWell = server.isRunning && client.arrivals.length === 1;
    return new Report()
      .tell('flooders', FLOODS.length)
      .tell('asked', asked)
      .atLeast('answered', (100 * waits.length) / asked, 100, '%')
      .tell('p50', percentile(waits, 0.5), 'ms')
      .atMost('p99', percentile(waits, 0.99), ANSWERED_WITHIN, 'ms')
      .tell('alone p50', percentile(alone, 0.5), 'ms')
      .atMost('disturbances of the quiet one', isWell ? 0 : 1, 0).outcome;
  } finally {
    client.leave();
    for (const flooder of flooders) await flooder.stop();
    await server.stop();
  }
};
