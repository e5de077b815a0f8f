import test from 'node:test';
import { connectTcp, startPlayground } from 'socket-playground/testing';

test('one at a time', async (t) => {
  const playground = await startPlayground();
  t.after(() => playground.close());
  const echo = playground.lab('Timestamp echo');
  const [a, b] = [await connectTcp(echo), await connectTcp(echo)];
  b.send('second');
  await b.expectSilence(100); // in the kernel's accept queue
  a.end();
  await b.readUntil("b'second'");
  b.destroy();
});
