import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground } from '../testing/playground.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { OwnAddresses } from './own-addresses.ts';

const PUBLIC = '93.184.215.99';

test('an address that its host names is the machine’s, and no socket can be bound to it', () => {
  const own = new OwnAddresses([PUBLIC]);
  expect([own.has(PUBLIC), own.isOfInterface(PUBLIC)]).toEqual([true, false]);
  const [address = ''] = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address));
  expect([own.has(address), own.isOfInterface(address)]).toEqual([true, true]);
  expect(own.has('93.184.215.98')).toBe(false);
});

test('behind NAT the machine’s public address is not dialled in mode open, and no name leads there', async () => {
  const server = await startTestPlayground({
    mode: 'open',
    ownAddresses: [PUBLIC],
    allow: ['me.test:*'],
    lookup: async () => [{ address: PUBLIC, family: 4 }],
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  for (const [index, host] of [PUBLIC, 'me.test'].entries()) {
    raw.open(2 * index + 1, { kind: 'tcp', host, port: 443 });
    expect(await raw.resetCode(2 * index + 1)).toBe('ADDRESS_FORBIDDEN');
  }
  raw.open(5, { kind: 'tcp', host: PUBLIC, port: server.port });
  expect(await raw.resetCode(5)).toBe('TARGET_FORBIDDEN');
});
