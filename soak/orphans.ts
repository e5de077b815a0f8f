import { FrameType } from '../protocol/frame.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { eventually, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { UNLIMITED } from './unlimited.ts';

const SESSIONS = 40;
const GRACE = 3_000;

/**
 * One address leaves sessions behind, a socket in each, as fast as it may. The house stays within its size, a learner of
 * another address who has just lost the network is not driven out, and after the grace period nothing is left.
 */
export const orphans: SoakProgram = async ({ isLong }) => {
  const abandoned = isLong ? 2_000 : 150;
  const server = await ServerProcess.start({ limits: { ...UNLIMITED, sessions: SESSIONS, grace: GRACE } });
  try {
    const before = await server.state();
    const { raw: honest, resume } = await RawGateway.enter(server.url, {}, '127.0.0.2');
    honest.open(1, { kind: 'tcp', host: '127.0.0.1', port: server.labPort('Raw echo') });
    await honest.next(FrameType.OPENED, 1);
    honest.cut();
    const cutAt = performance.now();
    let most = 0;
    let stolen = 0;
    for (let index = 0; index < abandoned; index += 1) {
      const { raw } = await RawGateway.enter(server.url);
      raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: server.labPort('Raw echo') });
      await raw.next(FrameType.OPENED, 1);
      raw.cut();
      if (index % 25 === 24) most = Math.max(most, (await server.state()).sessions);
      if (performance.now() - cutAt < GRACE / 2 || stolen > 0) continue;
      const { raw: back, welcome } = await RawGateway.enter(server.url, { resume: resume() }, '127.0.0.2');
      stolen = welcome.status === 'resumed' ? 1 : 2;
      back.send(FrameType.GOAWAY, 0, Buffer.from('{"code":"SESSION_GONE","text":""}'));
    }
    if (stolen === 0) {
      const { raw: back, welcome } = await RawGateway.enter(server.url, { resume: resume() }, '127.0.0.2');
      stolen = welcome.status === 'resumed' ? 1 : 2;
      back.send(FrameType.GOAWAY, 0, Buffer.from('{"code":"SESSION_GONE","text":""}'));
    }
    let after = await server.state();
    await eventually('nothing is left', GRACE + 6_000, async () => {
      after = await server.state();
      return after.sessions === 0 && after.descriptors <= before.descriptors + 1;
    }).catch(() => undefined);
    return new Report()
      .tell('abandoned', abandoned)
      .atMost('sessions at once', most, SESSIONS)
      .atMost('honest absentees driven out', stolen - 1, 0)
      .atMost('sessions left', after.sessions, 0)
      .atMost('sockets left', after.sockets, 0)
      .atMost('descriptors left', after.descriptors - before.descriptors, 1).outcome;
  } finally {
    await server.stop();
  }
};
