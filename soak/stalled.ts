import { FrameType } from '../protocol/frame.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { flood, Peer, stall } from './peer.ts';
import { pause, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { TestClient } from './test-client.ts';
import { UNLIMITED } from './unlimited.ts';

const STREAMS = 16;
const WARM_UP = 2_000;
const RSS_SWING_MIB = 10;

/** A browser that has stopped reading, sixteen peers that send for ever: the server's memory stays as it is. */
export const stalledBrowser: SoakProgram = async ({ isLong }) => {
  const peer = await Peer.start(flood);
  const server = await ServerProcess.start({ limits: UNLIMITED, allow: [peer.allow] });
  const { raw } = await RawGateway.enter(server.url);
  try {
    for (let index = 0; index < STREAMS; index += 1) {
      raw.open(1 + 2 * index, { kind: 'tcp', host: '127.0.0.1', port: peer.port });
    }
    const reading = setInterval(() => raw.acknowledge(), 5);
    for (let index = 0; index < STREAMS; index += 1) await raw.next(FrameType.DATA, 1 + 2 * index);
    clearInterval(reading);
    raw.ws.pause();
    // It goes on asking: what is said in reply must not pile up either.
    const asking = setInterval(() => {
      if (raw.ws.bufferedAmount < 65_536) for (let index = 0; index < 20; index += 1) raw.send(FrameType.PING, 0);
    }, 20);
    const figures = await memoryOver(server, isLong ? 25_000 : 4_000);
    clearInterval(asking);
    return report(figures);
  } finally {
    raw.cut();
    await server.stop();
    await peer.stop();
  }
};

/** Sixteen peers that never read, a browser that sends as fast as it may. */
export const stalledPeer: SoakProgram = async ({ isLong }) => {
  const peer = await Peer.start(stall);
  const server = await ServerProcess.start({ limits: UNLIMITED, allow: [peer.allow] });
  const client = await TestClient.enter(server.url);
  try {
    for (let index = 0; index < STREAMS; index += 1) {
      const bytes = new Uint8Array(65_536);
      const more = (): void => {
        while (stream.queuedBytes < 131_072) stream.send(bytes);
      };
      const stream = client.connect(peer.port, { onProgress: more });
      more();
    }
    return report(await memoryOver(server, isLong ? 25_000 : 4_000));
  } finally {
    client.leave();
    await server.stop();
    await peer.stop();
  }
};

type Memory = {
  readonly lowest: number;
  readonly highest: number;
  readonly seconds: number;
  readonly ringBytes: number;
};

async function memoryOver(server: ServerProcess, duration: number): Promise<Memory> {
  await pause(WARM_UP);
  let [lowest, highest, ringBytes] = [Number.POSITIVE_INFINITY, 0, 0];
  const end = performance.now() + duration;
  do {
    const state = await server.state();
    lowest = Math.min(lowest, state.rss);
    highest = Math.max(highest, state.rss);
    ringBytes = Math.max(ringBytes, state.ringBytes);
    await pause(250);
  } while (performance.now() < end);
  return { lowest, highest, seconds: duration / 1_000, ringBytes };
}

function report({ lowest, highest, seconds, ringBytes }: Memory) {
  return new Report()
    .tell('over', seconds, 's')
    .tell('RSS', lowest / 1_048_576, 'MiB')
    .atMost('RSS swing', (highest - lowest) / 1_048_576, 2 * RSS_SWING_MIB, 'MiB')
    .atMost('ring', ringBytes / 1_024, 1_024, 'KiB').outcome;
}
