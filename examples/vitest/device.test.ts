import 'socket-playground/vitest';
import { listenTcp, type TcpServer } from 'socket-playground/testing';
import { test as base, expect } from 'vitest';
import { greet } from './device.ts';

const test = base.extend<{ tcpServer: TcpServer }>({
  tcpServer: async ({}, use) => {
    await using server = await listenTcp();
    await use(server);
  },
});

test('the device is greeted, and let go', async ({ tcpServer }) => {
  const greeted = greet(tcpServer.port);
  const device = await tcpServer.accept();
  await expect(device).toHaveReceivedBytes('HELLO\n');
  device.send('HI\n');
  expect(await greeted).toBe('HI');
  await expect(device).toHaveEnded('fin');
});
