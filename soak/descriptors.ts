import { FrameType } from '../protocol/frame.ts';
import { decodeMessage } from '../protocol/messages/codec.ts';
import { Reset } from '../protocol/messages/socket.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { eventually, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';

const DESCRIPTORS = 300;
const OPENS = 500;
const PER_SESSION = 16;

/** A server that may have 300 descriptors is asked for 500 sockets: it refuses with a reason, and goes on afterwards. */
export const descriptors: SoakProgram = async () => {
  const server = await ServerProcess.start({ limits: { hellosPerMinutePerAddress: 100_000 } }, DESCRIPTORS);
  const port = server.labPort('Raw echo');
  const learners: RawGateway[] = [];
  const refusals = new Map<string, number>();
  let [opened, turnedAway] = [0, 0];
  try {
    const before = await server.state();
    let most = 0;
    for (let asked = 0; asked < OPENS; asked += PER_SESSION) {
      const entered = await enter(server.url);
      if (!entered) {
        turnedAway += PER_SESSION;
        continue;
      }
      learners.push(entered);
      for (let index = 0; index < PER_SESSION; index += 1) {
        entered.open(1 + 2 * index, { kind: 'tcp', host: '127.0.0.1', port });
      }
      for (let index = 0; index < PER_SESSION; index += 1) {
        const stream = 1 + 2 * index;
        const frame = await Promise.race([entered.next(FrameType.OPENED, stream), entered.next(FrameType.RST, stream)]);
        if (frame.type === FrameType.OPENED) opened += 1;
        else {
          const { code } = decodeMessage(Reset, frame.payload);
          refusals.set(code, (refusals.get(code) ?? 0) + 1);
        }
      }
      most = Math.max(most, (await server.state()).descriptors);
    }
    const kernelRefusals = (refusals.get('EMFILE') ?? 0) + (refusals.get('ENFILE') ?? 0);
    for (const raw of learners) raw.send(FrameType.GOAWAY, 0, Buffer.from('{"code":"SESSION_GONE","text":""}'));
    await eventually('descriptors are back', 8_000, async () => {
      return (await server.state()).descriptors <= before.descriptors + 1;
    }).catch(() => undefined);
    const after = await server.state();
    const again = await enter(server.url);
    again?.open(1, { kind: 'tcp', host: '127.0.0.1', port });
    const isRecovered = again !== undefined && (await again.next(FrameType.OPENED, 1)).stream === 1;
    again?.cut();
    const refused = [...refusals].map(([code, count]) => `${code} × ${count}`).join(', ');
    return new Report()
      .tell('asked', OPENS)
      .tell('opened', opened)
      .tell('refused', refused || 'none')
      .tell('sessions turned away', turnedAway / PER_SESSION)
      .tell('descriptors at most', `${most} of ${DESCRIPTORS}`)
      .atMost('refused by the kernel', kernelRefusals, 0)
      .atMost('crashes', server.isRunning ? 0 : 1, 0)
      .atMost('descriptors left', after.descriptors - before.descriptors, 1)
      .atLeast('recovered', isRecovered ? 1 : 0, 1).outcome;
  } finally {
    for (const raw of learners) raw.cut();
    await server.stop();
  }
};

/** Undefined: turned away. */
async function enter(url: string): Promise<RawGateway | undefined> {
  const raw = new RawGateway(url);
  const closed = raw.closed.then(() => undefined);
  if (
    (await Promise.race([
      raw
        .opened()
        .then(() => true)
        .catch(() => undefined),
      closed,
    ])) === undefined
  )
    return undefined;
  raw.hello();
  return await Promise.race([raw.next(FrameType.WELCOME).then(() => raw), closed]);
}
