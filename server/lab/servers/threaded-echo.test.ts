import { expect, test } from 'vitest';
import { startTestLab, TUTORIAL_CTIME } from '../testing/test-lab.ts';

test('answers every client at once, without brackets', async () => {
  const { connect, stats } = await startTestLab();
  const clients = await Promise.all([1, 2, 3].map(() => connect('Threaded echo')));
  clients.reverse().forEach(({ socket }, index) => void socket.write(`client ${index}`));
  for (const [index, client] of clients.entries()) {
    await client.until(({ text }) => expect(text).toBe(`${TUTORIAL_CTIME} b'client ${index}'`));
  }
  expect(stats('Threaded echo')).toMatchObject({ connected: 3, served: 3, waiting: 0 });
  for (const { socket } of clients) socket.end();
  for (const client of clients) await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(stats('Threaded echo')).toMatchObject({ connected: 0, served: 3 });
});

test.each([
  ["it's", `b"it's"`],
  [`it's "it"`, `b'it\\'s "it"'`],
  ['\u0000\u00ff\n', "b'\\x00\\xff\\n'"],
])('writes %j as Python does', async (sent, expected) => {
  const { connect } = await startTestLab();
  const client = await connect('Threaded echo');
  client.socket.write(sent, 'latin1');
  await client.until(({ text }) => expect(text).toBe(`${TUTORIAL_CTIME} ${expected}`));
});
