import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { PeerEvent } from '../../../protocol/payloads.ts';
import { askByDatagram, soon, startTestLab, TUTORIAL_CTIME } from '../testing/test-lab.ts';

const NAME = 'Datagram echo';
const answerTo = (repr: string) => `[${TUTORIAL_CTIME}] ${repr}`;

test.each(['127.0.0.1', '::1'])('answers each datagram by one, on %s', async (host) => {
  const { server, stats } = await startTestLab();
  expect(String(await askByDatagram(server(NAME), Buffer.from('hello python'), host))).toBe(
    answerTo("b'hello python'"),
  );
  expect(String(await askByDatagram(server(NAME), Buffer.alloc(0), host))).toBe(answerTo("b''"));
  expect(stats(NAME)).toMatchObject({ served: 2, waiting: 0 });
});

test('cuts off what is longer than its recvfrom(1024)', async () => {
  const { server } = await startTestLab();
  const answer = await askByDatagram(server(NAME), Buffer.alloc(5_000, 'x'));
  expect(String(answer)).toBe(answerTo(`b'${'x'.repeat(1_024)}'`));
});

test('tells its calls to whoever looks at this client, and takes the size they choose', async () => {
  const { server, tap } = await startTestLab();
  const { host, port } = server(NAME);
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const client = { host: '127.0.0.1', port: socket.address().port };
  const events: PeerEvent[] = [];
  const observation = tap.observe('udp', client, { host, port }, (event) => events.push(event) > 0);
  observation.setReceiveSize(3);
  socket.send('hello', port, host);
  expect(String((await once(socket, 'message'))[0])).toBe(answerTo("b'hel'"));
  await soon(() => expect(events.at(-1)?.text).toContain('returned to'));
  const from = `127.0.0.1:${client.port}`;
  expect(events.map(({ call, argument, count, text }) => [call, argument, count, text])).toEqual([
    ['socket', undefined, 0, 'AF_INET, SOCK_DGRAM'],
    ['bind', undefined, 0, `127.0.0.1:${port}`],
    ['print', undefined, 0, 'waiting for message...'],
    ['recvfrom', 3, 3, from],
    ['sendto', undefined, answerTo("b'hel'").length, from],
    ['print', undefined, 0, `...received from and returned to: ('127.0.0.1', ${client.port})`],
  ]);
});

test('an answer too long for a datagram is EMSGSIZE, and the next is answered', async () => {
  const { server, tap } = await startTestLab();
  const { host, port } = server(NAME);
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const errors: (string | undefined)[] = [];
  const client = { host: '127.0.0.1', port: socket.address().port };
  const observation = tap.observe('udp', client, { host, port }, ({ error }) => errors.push(error) > 0);
  observation.setReceiveSize(65_507);
  socket.send(Buffer.alloc(60_000), port, host);
  await soon(() => expect(errors).toContain('EMSGSIZE'));
  socket.send('short', port, host);
  expect(String((await once(socket, 'message'))[0])).toBe(answerTo("b'short'"));
});
