import { expect, test } from 'vitest';
import { bindUdp } from './udp-peer.ts';

test('datagrams keep their borders, and know where they came from', async () => {
  await using server = await bindUdp();
  await using client = await bindUdp();
  client.sendTo(server.port, 'ping');
  client.sendTo(server.port, []);
  const { from } = await server.expectDatagram('ping', { from: client.port });
  expect(from).toEqual({ host: '127.0.0.1', port: client.port });
  expect((await server.receive()).bytes).toHaveLength(0);
  server.reply('pong');
  await client.expectDatagram('pong', { from: server });
});

test('one that differs, comes from elsewhere or does not come is an error', async () => {
  await using server = await bindUdp({ timeout: 20 });
  await using client = await bindUdp();
  client.sendTo(server.port, 'pingo');
  await expect(server.expectDatagram('ping')).rejects.toThrow('1 bytes too many, from byte 4 on');
  client.sendTo(server.port, 'ping');
  await expect(server.expectDatagram('ping', { from: 9 })).rejects.toThrow('expected from 127.0.0.1:9');
  await expect(server.receive()).rejects.toThrow('no datagram came to');
  await expect(client.receive({ timeout: 5 })).rejects.toThrow('no datagram came to');
  expect(() => client.reply('x')).toThrow('no datagram has come');
});
