import * as net from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { LabServer } from '../../../protocol/messages/session.ts';
import { soon, startTestLab } from '../testing/test-lab.ts';

/** What a client of any manners may do; `kick` lets the servers accept between. */
const STEPS = ['write', 'write much', 'read', 'stop reading', 'half-close', 'close', 'reset', 'kick'] as const;
type Step = (typeof STEPS)[number];

function take(step: Step, socket: net.Socket): void {
  if (step === 'write') socket.write('slice 2\nhello');
  else if (step === 'write much') socket.write(Buffer.alloc(200_000));
  else if (step === 'read') socket.resume();
  else if (step === 'stop reading') socket.pause();
  else if (step === 'half-close') socket.end();
  else if (step === 'close') socket.destroy();
  else if (step === 'reset') socket.resetAndDestroy();
}

const clients = fc.array(
  fc.record({ server: fc.nat(), steps: fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 6 }) }),
  { minLength: 1, maxLength: 12 },
);

test('whatever clients do, every server goes on and lets go of all of them', async () => {
  const { lab, queues, connect } = await startTestLab();
  const servers = lab.servers.filter(({ protocol }) => protocol === 'tcp');
  const open = new Set<net.Socket>();
  onTestFinished(() => open.forEach((socket) => void socket.destroy()));
  const start = ({ host, port }: LabServer): net.Socket => {
    const socket = net.connect({ host, port, allowHalfOpen: true });
    open.add(socket);
    return socket.on('error', () => undefined).on('close', () => void open.delete(socket));
  };
  await fc.assert(
    fc.asyncProperty(clients, async (all) => {
      const running = all.map(({ server, steps }) => ({
        socket: start(servers[server % servers.length] as LabServer),
        steps,
      }));
      for (let round = 0; round < 6; round += 1) {
        for (const { socket, steps } of running) {
          const step = steps[round];
          if (step === 'kick') queues.kick();
          else if (step && !socket.destroyed) take(step, socket);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (const { socket } of running) if (!socket.destroyed) socket.resetAndDestroy();
      await soon(() => {
        expect(lab.stats().map(({ connected, waiting }) => connected + waiting)).toEqual(lab.stats().map(() => 0));
      });
    }),
    { numRuns: 40, seed: 8_009 },
  );
  for (const name of ['Timestamp echo', 'Threaded echo', 'Raw echo']) {
    const client = await connect(name);
    client.socket.write('still there?');
    await client.until(({ text }) => expect(text).toContain('still there?'));
  }
});
