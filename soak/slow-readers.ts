import { connect, type Socket } from 'node:net';
import { RawGateway } from '../testing/raw-gateway.ts';
import { LARGE_FILE, makeLargePage } from './large-page.ts';
import { eventually, percentile, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';

const DESCRIPTORS = 300;
const READERS = 250;
const LEARNERS = 5;

/** 250 clients ask for a large file and read nothing of it, half of them under the guise of an upgrade. */
export const slowReaders: SoakProgram = async ({ isLong }) => {
  const stallTimeout = isLong ? 30_000 : 2_000;
  const { webRoot, remove } = makeLargePage();
  const server = await ServerProcess.start({ webRoot, limits: { stallTimeout } }, DESCRIPTORS);
  const readers: Socket[] = [];
  const learners: RawGateway[] = [];
  try {
    const before = await server.state();
    for (let index = 0; index < READERS; index += 1) {
      const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
      const upgrade = index % 2 === 0 ? '' : 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
      socket.write(`GET ${LARGE_FILE} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${upgrade}\r\n`);
      readers.push(socket);
    }
    const waits: number[] = [];
    let pages = 0;
    for (let index = 0; index < LEARNERS; index += 1) {
      const start = performance.now();
      const { raw } = await RawGateway.enter(server.url);
      waits.push(performance.now() - start);
      learners.push(raw);
      pages += (await fetch(server.url)).status === 200 ? 1 : 0;
    }
    const { descriptors: most } = await server.state();
    const start = performance.now();
    await eventually('descriptors are back', 2 * stallTimeout + 5_000, async () => {
      return (await server.state()).descriptors <= before.descriptors + 2 * LEARNERS;
    }).catch(() => undefined);
    const backAfter = performance.now() - start;
    const after = await server.state();
    return new Report()
      .tell('readers', READERS)
      .atLeast('learners entered', learners.length, LEARNERS)
      .atLeast('pages served', pages, LEARNERS)
      .atMost('a learner waited', percentile(waits, 1), 2_000, 'ms')
      .atMost(`descriptors of ${DESCRIPTORS}`, most, 0.75 * DESCRIPTORS)
      .tell('descriptors are back after', backAfter, 'ms')
      .atMost('descriptors left', after.descriptors - before.descriptors, 2 * LEARNERS)
      .atMost('crashes', server.isRunning ? 0 : 1, 0).outcome;
  } finally {
    for (const socket of readers) socket.destroy();
    for (const raw of learners) raw.cut();
    await server.stop();
    remove();
  }
};
