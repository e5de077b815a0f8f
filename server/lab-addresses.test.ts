import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { connectTcp } from '../testing/kit/tcp/connect-tcp.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { labAddresses } from './lab-addresses.ts';

const address = (of: string, internal = false) => ({
  ...{ address: of, internal, netmask: '', mac: '', cidr: null },
  ...(of.includes(':') ? ({ family: 'IPv6', scopeid: 0 } as const) : ({ family: 'IPv4' } as const)),
});
const INTERFACES = {
  lo: [address('127.0.0.1', true), address('::1', true)],
  eth0: [address('172.17.0.2'), address('2001:db8::2'), address('fe80::2')],
};

test.each([
  [[], []],
  [['0.0.0.0'], ['172.17.0.2']],
  [['::'], ['172.17.0.2', '2001:db8::2']],
  [['192.0.2.1'], ['192.0.2.1']],
  [['0.0.0.0', '172.17.0.2'], ['172.17.0.2']],
])('%j is %j', (asked, meant) => {
  expect(labAddresses(asked, INTERFACES)).toEqual(meant);
});

const OUTSIDE = labAddresses(['0.0.0.0'], networkInterfaces())[0];

test.runIf(OUTSIDE !== undefined)('who comes by the machine’s own address is served as on loopback', async () => {
  const playground = await startTestPlayground({ labHosts: ['0.0.0.0'] });
  onTestFinished(() => playground.close());
  const { port = 0 } = playground.lab.servers.find(({ name }) => name === 'Raw echo') ?? {};
  for (const host of [OUTSIDE as string, '127.0.0.1']) {
    const client = await connectTcp({ host, port });
    onTestFinished(() => client.destroy());
    client.send('hello');
    await client.expectBytes('hello');
  }
});
