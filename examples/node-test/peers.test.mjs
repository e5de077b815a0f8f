import assert from 'node:assert/strict';
import test from 'node:test';
import { bindUdp, connectTcp, hex, listenTcp } from 'socket-playground/testing';

test('a scripted server, byte for byte', async (t) => {
  const server = await listenTcp(async (peer) => {
    assert.equal(Buffer.from(await peer.readUntil('\r\n')).toString(), 'HELO me');
    peer.send('250 ok\r\n');
  });
  t.after(() => server.close());
  const client = await connectTcp(server.port);
  t.after(() => client.destroy());
  client.send('HE');
  client.send('LO me\r\n');
  await client.expectBytes('250 ok\r\n');
  await server.done();
});

test('a server without code: steps, then rules', async (t) => {
  const server = await listenTcp(`
    send "220 ready\\r\\n"
    on line "QUIT" send "221 bye\\r\\n", end
    on line echo
  `);
  t.after(() => server.close());
  const client = await connectTcp(server.port);
  t.after(() => client.destroy());
  await client.play(`
    readUntil "\\r\\n" within 500
    send "NOOP\\nQUIT\\n"
    expectBytes "NOOP\\n221 bye\\r\\n"
    expectEnd
  `);
});

test('datagrams', async (t) => {
  const [one, other] = [await bindUdp(), await bindUdp()];
  t.after(() => Promise.all([one.close(), other.close()]));
  one.sendTo(other.port, hex('50 49 4e 47'));
  await other.expectDatagram('PING', { from: one.port });
});
