import { connect, type Socket } from 'node:net';
import { RawGateway } from '../testing/raw-gateway.ts';
import { eventually, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { UNLIMITED } from './unlimited.ts';

const GONE_WITHIN = 8_000;

/** HTTP requests that are never finished, and WebSockets that never say HELLO: all gone, and a learner comes in meanwhile. */
export const halfRequests: SoakProgram = async ({ isLong }) => {
  const count = isLong ? 1_000 : 200;
  const server = await ServerProcess.start({ limits: UNLIMITED });
  const halves: Socket[] = [];
  const silent: RawGateway[] = [];
  try {
    const { descriptors: before } = await server.state();
    let [halvesGone, silentGone] = [0, 0];
    for (let index = 0; index < count; index += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('close', () => {
        halvesGone += 1;
      });
      // A third says nothing, a third begins, a third stops before the end of its headers.
      if (index % 3 > 0) socket.write(index % 3 === 1 ? 'GE' : 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
      socket.resume();
      halves.push(socket);
      const raw = new RawGateway(server.url);
      void raw.closed.then(() => {
        silentGone += 1;
      });
      silent.push(raw);
      if (index % 50 === 49) await raw.opened();
    }
    const start = performance.now();
    await RawGateway.enter(server.url).then(({ raw }) => raw.cut());
    const enteredAfter = performance.now() - start;
    await eventually('all are gone', 2 * GONE_WITHIN, () => halvesGone === count && silentGone === count);
    const goneAfter = performance.now() - start;
    let { descriptors } = await server.state();
    await eventually('descriptors are back', 5_000, async () => {
      ({ descriptors } = await server.state());
      return descriptors <= before + 1;
    }).catch(() => undefined);
    return new Report()
      .tell('half requests', count)
      .tell('silent WebSockets', count)
      .atMost('all gone after', goneAfter, GONE_WITHIN, 'ms')
      .tell('a learner entered after', enteredAfter, 'ms')
      .atMost('descriptors left', descriptors - before, 1).outcome;
  } finally {
    for (const socket of halves) socket.destroy();
    for (const raw of silent) raw.cut();
    await server.stop();
  }
};
