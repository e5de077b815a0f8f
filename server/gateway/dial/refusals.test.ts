import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlaygroundError } from '../../../protocol/errors.ts';
import { vacantPort } from '../../../protocol/testing/vacant-port.ts';
import { parseAllowRule } from './allow-rule.ts';
import { Destinations } from './destinations.ts';
import { Dialler } from './dial.ts';
import { Names } from './names.ts';
import { Policy } from './policy.ts';
import { DESTINATIONS, type Destination, NAMES, type NamedPort } from './testing/refusals.ts';

/** Listens on every address of the machine, and is nobody's business. */
const service = createServer();
const ports: Record<NamedPort, number> = { lab: 8_009, page: 8_080, service: 0, vacant: 0 };

beforeAll(async () => {
  await new Promise<void>((resolve) => void service.listen(0, resolve));
  ports.service = portOf(service);
  ports.vacant = await vacantPort();
});
afterAll(() => void service.close());

function portOf(server: typeof service): number {
  return (server.address() as { port: number }).port;
}

async function verdictOf({ host, port, mode, allow, transport }: Destination): Promise<string> {
  const number = typeof port === 'number' ? port : ports[port];
  const policy = new Policy({
    mode,
    allow: allow.map((rule) => parseAllowRule(rule.replace(':service', `:${ports.service}`))),
    isOurs: (_transport, address, at) => at === ports.lab && (address === '127.0.0.1' || address === '::1'),
    isKept: () => false,
    isOwnAddress: (address) => address === '93.184.215.99',
    ownPort: () => ports.page,
  });
  const lookup = async (name: string) => {
    const find = (asked: string): string[] =>
      (NAMES[asked] ?? []).flatMap((entry) => (entry.startsWith('=') ? find(entry.slice(1)) : [entry]));
    return find(name).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  try {
    const names = new Names<Destinations>(lookup, 1_000, () => true);
    const dialler = new Dialler({ policy, connectTimeout: 1_000, names });
    const routes = await dialler.resolve(new Destinations(() => 0, 1), { transport, host, port: number });
    return routes.every(({ isVacant }) => isVacant) ? 'vacant' : 'reached';
  } catch (error) {
    return (error as PlaygroundError).code;
  }
}

test('the corpus is as large as was promised', () => {
  const good = DESTINATIONS.filter(({ verdict }) => verdict === 'reached' || verdict === 'vacant');
  expect(good.length).toBeGreaterThanOrEqual(20);
  expect(DESTINATIONS.length - good.length).toBeGreaterThanOrEqual(100);
});

describe.each(['class', 'allow-list', 'open'] as const)('in mode %s', (mode) => {
  test.each(DESTINATIONS.filter((destination) => destination.mode === mode))(
    '$transport $host port $port, allowed $allow: $verdict',
    async (destination) => expect(await verdictOf(destination)).toBe(destination.verdict),
  );
});
