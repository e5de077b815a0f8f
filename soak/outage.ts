import { SequenceReader, SequenceWriter } from '../testing/byte-sequence.ts';
import { endpointOf } from '../testing/kit/tcp/connect-tcp.ts';
import { proxyTcp } from '../testing/kit/tcp/tcp-proxy.ts';
import { Peer } from './peer.ts';
import { eventually, pause, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { TestClient } from './test-client.ts';
import { UNLIMITED } from './unlimited.ts';

const RING_BYTES = 1_048_576;

/** Outages of 1, 10, 60 and 119 s (short: 1 and 2 s) while the peer sends as fast as it may. */
export const outage: SoakProgram = async ({ isLong, seed }) => {
  const report = new Report();
  for (const seconds of isLong ? [1, 10, 60, 119] : [1, 2]) {
    const { ringBytes, carried, fault } = await one(seconds, seed);
    report
      .atMost(`${seconds} s: ring`, ringBytes / 1_024, RING_BYTES / 1_024, 'KiB')
      .tell(`${seconds} s: carried`, carried / 1_048_576, 'MiB')
      .tell(`${seconds} s: wrong`, fault ?? 'none')
      .atMost(`${seconds} s: wrong streams`, fault === undefined ? 0 : 1, 0);
  }
  return report.outcome;
};

type Outcome = { readonly ringBytes: number; readonly carried: number; readonly fault: string | undefined };

async function one(seconds: number, seed: number): Promise<Outcome> {
  const writer = new SequenceWriter();
  const reader = new SequenceReader();
  let fault: string | undefined;
  let carried = 0;
  let isOver = false;
  let isEnded = false;
  const peer = await Peer.start((socket) => {
    const more = (): void => {
      for (let isTaken = true; isTaken && !isOver; ) {
        isTaken = socket.write(writer.next(10_000));
      }
      if (isOver) socket.end();
    };
    socket.resume();
    socket.on('drain', more);
    more();
  });
  const proxy = await proxyTcp(0, { seed, recordedBytes: 0 });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const server = await ServerProcess.start({ limits: UNLIMITED, allow: [peer.allow], origins: [origin] });
  proxy.target = endpointOf(server.port);
  const client = await TestClient.enter(`${origin}/`);
  try {
    const stream = client.connect(peer.port, {
      onData: (_at, bytes) => {
        try {
          if (fault === undefined) reader.take(bytes);
        } catch (error) {
          fault = (error as Error).message;
        }
        carried += bytes.length;
        stream.consume(bytes.length);
      },
      onFin: () => {
        isEnded = true;
      },
    });
    await eventually('the flood runs', 20_000, () => carried > 1_000_000);
    proxy.isDown = true;
    let ringBytes = 0;
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      await pause(200);
      ringBytes = Math.max(ringBytes, (await server.state()).ringBytes);
    }
    proxy.isDown = false;
    await client.arrived(2);
    const before = carried;
    await eventually('the flood goes on', 20_000, () => carried > before + 1_000_000);
    isOver = true;
    for (const socket of peer.sockets) socket.emit('drain');
    await eventually('the flood ends', 20_000, () => isEnded);
    if (reader.position < writer.position) fault ??= `${reader.position} bytes of ${writer.position}`;
    if (client.arrivals.some(({ isLost }) => isLost)) fault ??= 'the session was lost';
    return { ringBytes, carried, fault };
  } finally {
    client.leave();
    await proxy.close();
    await server.stop();
    await peer.stop();
  }
}
