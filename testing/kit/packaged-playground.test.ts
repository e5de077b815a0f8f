import { expect, test } from 'vitest';
// Loaded here, so that its time is not the first test's.
import '../../server/start-playground.ts';
import { type LabName, startPlayground } from './packaged-playground.ts';
import { connectTcp } from './tcp/connect-tcp.ts';
import { bindUdp } from './udp-peer.ts';

test('one at a time: the second waits in the kernel’s accept queue until the first closes', async () => {
  await using playground = await startPlayground();
  const [a, b] = [
    await connectTcp(playground.lab('Timestamp echo')),
    await connectTcp(playground.lab('Timestamp echo')),
  ];
  b.send('second');
  await b.expectSilence(100);
  a.end();
  await b.readUntil("b'second'");
  b.destroy();
});

test('time stands still where the test says so', async () => {
  await using playground = await startPlayground({ now: '2016-09-15T22:29:12' });
  const client = await connectTcp(playground.lab('Timestamp echo'));
  client.send('hello python');
  await client.expectBytes("[Thu Sep 15 22:29:12 2016] b'hello python'");
  client.destroy();
  await using udp = await bindUdp();
  udp.sendTo(playground.lab('Datagram echo'), 'x');
  await udp.expectDatagram("[Thu Sep 15 22:29:12 2016] b'x'");
  await expect(startPlayground({ now: 'yesterday' })).rejects.toThrow('"yesterday" is no date');
});

test('every lab server has its name here', async () => {
  const names: Readonly<Record<LabName, true>> = {
    'Timestamp echo': true,
    'Threaded echo': true,
    'Raw echo': true,
    'Datagram echo': true,
    Trouble: true,
    Discard: true,
    Daytime: true,
    'Character generator': true,
  };
  await using playground = await startPlayground();
  for (const name of Object.keys(names) as LabName[]) expect(playground.lab(name).port).toBeGreaterThan(0);
  expect(() => playground.lab('Nobody' as LabName)).toThrow('no lab server Nobody: there are Timestamp echo, ');
});
