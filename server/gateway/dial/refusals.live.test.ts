import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import type { Open } from '../../../protocol/messages/socket.ts';
import { encodeDatagram } from '../../../protocol/payloads.ts';
import { vacantPort } from '../../../protocol/testing/vacant-port.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { RunningPlayground, StartOptions } from '../../start-playground.ts';
import { type Answer, NameServer } from './testing/name-server.ts';
import { DESTINATIONS, type Destination, NAMES, type NamedPort } from './testing/refusals.ts';

const UNLIMITED = {
  opensPerSecond: 1e6,
  opensBurst: 1e6,
  destinationsPerMinute: 1e6,
  framesPerSecond: 1e6,
  framesBurst: 1e6,
  streams: 1_000,
  connectTimeout: 2_000,
};

/** A program of this machine that is nobody's business: whoever reaches it is written down. */
const reached: Socket[] = [];
const service = createServer((socket) => {
  reached.push(socket);
  socket.on('error', () => undefined); // the gateway resets what it had dialled when it is closed
});
/** The same for datagrams. */
const datagramService = createSocket('udp4');
const datagrams: Buffer[] = [];
datagramService.on('message', (bytes) => datagrams.push(bytes));
let servicePort = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => void service.listen(0, resolve));
  servicePort = (service.address() as { port: number }).port;
  datagramService.bind(servicePort);
  await once(datagramService, 'listening');
});
afterAll(() => {
  for (const socket of reached) socket.destroy();
  service.close();
  datagramService.close();
});

async function open(overrides: Partial<StartOptions>, answer: (name: string) => Answer = (name) => NAMES[name]) {
  const names = await NameServer.start(answer);
  onTestFinished(() => names.close());
  const server = await startTestPlayground({
    lookup: names.lookup(),
    ...overrides,
    limits: { ...UNLIMITED, ...overrides.limits },
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  let stream = -1;
  /** What becomes of an OPEN: `ok`, or the code of its RST. */
  const outcome = async (message: Open): Promise<string> => {
    stream += 2;
    const mine = stream;
    raw.open(mine, message);
    const opened = raw.next(FrameType.OPENED, mine).then(() => 'ok');
    return await Promise.race([opened, raw.resetCode(mine)]);
  };
  const datagramOutcome = async (host: string, port: number): Promise<string> => {
    stream += 2;
    raw.open(stream, { kind: 'udp', host: '127.0.0.1', port: 0 });
    await raw.next(FrameType.OPENED, stream);
    raw.send(FrameType.DGRAM, stream, encodeDatagram({ at: 0, host, port, bytes: Uint8Array.of(1) }));
    const sent = raw.next(FrameType.SENT, stream).then(() => 'ok');
    return await Promise.race([sent, raw.resetCode(stream)]);
  };
  return { server, names, outcome, datagramOutcome };
}

function labPort({ lab }: RunningPlayground): number {
  return lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
}

const OUTCOMES: Readonly<Record<string, string>> = { reached: 'ok', vacant: 'ECONNREFUSED' };
/** Nothing that lies outside this machine is dialled by a test. */
const isHere = ({ port, verdict, transport }: Destination): boolean =>
  verdict !== 'reached' || (typeof port === 'string' && transport === 'tcp');
const situations = Map.groupBy(DESTINATIONS.filter(isHere), ({ mode, allow }) => `${mode} ${allow.join(' ')}`);

describe('a live gateway with a name server of its own', () => {
  test.each([...situations])('mode %s', async (_situation, destinations) => {
    const { mode, allow } = destinations[0] as Destination;
    const rules = allow.map((rule) => rule.replace(':service', `:${servicePort}`));
    const { server, names, outcome, datagramOutcome } = await open({ mode, allow: rules });
    const ports: Record<NamedPort, number> = {
      lab: labPort(server),
      page: server.port,
      service: servicePort,
      vacant: await vacantPort(),
    };
    const before = reached.length;
    for (const { host, port, transport, verdict } of destinations) {
      const number = typeof port === 'number' ? port : ports[port];
      const code =
        transport === 'udp' ? await datagramOutcome(host, number) : await outcome({ kind: 'tcp', host, port: number });
      // Outside the policy, but nobody has it: the datagram is lost.
      const isNobodys = transport === 'udp' && port === 'vacant';
      const expected = isNobodys ? 'ok' : (OUTCOMES[verdict] ?? verdict);
      expect(`${host} ${port}: ${code}`).toBe(`${host} ${port}: ${expected}`);
    }
    const allowed = destinations.filter(({ port, verdict }) => port === 'service' && verdict === 'reached');
    expect(reached.length - before).toBe(allowed.length);
    expect(datagrams).toEqual([]);
    for (const name of names.asked) expect(name).toMatch(/^[a-z0-9.-]+$/);
  });

  test('a name whose answer changes is asked once, and what was checked is what is dialled', async () => {
    let asked = 0;
    const answer = (): string[] => [asked++ < 2 ? '127.0.0.2' : '127.0.0.1']; // one question for each family
    const { names, outcome } = await open({ mode: 'allow-list', allow: [`127.0.0.2:${servicePort}`] }, answer);
    const before = reached.length;
    expect(await outcome({ kind: 'tcp', host: 'rebind.test', port: servicePort })).toBe('ok');
    expect(names.asked).toEqual(['rebind.test', 'rebind.test']);
    expect(reached.slice(before).map(({ localAddress }) => localAddress?.replace('::ffff:', ''))).toEqual([
      '127.0.0.2',
    ]);
    expect(await outcome({ kind: 'tcp', host: 'rebind.test', port: servicePort })).toBe('TARGET_FORBIDDEN');
    expect(reached.length).toBe(before + 1);
  });

  test('a name server that does not answer costs no more than the time to connect', async () => {
    const names = await NameServer.start(() => 'silence');
    onTestFinished(() => names.close());
    const { outcome } = await open({ lookup: names.lookup(60_000), limits: { connectTimeout: 300 } });
    const start = performance.now();
    expect(await outcome({ kind: 'tcp', host: 'slow.test', port: 80 })).toBe('NAME_UNRESOLVED');
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test('names of one learner that nobody answers for keep no other from localhost, nor from names of its own', async () => {
    const answer = (name: string): Answer => (name === 'good.test' ? ['127.0.0.1'] : 'silence');
    const names = await NameServer.start(answer);
    onTestFinished(() => names.close());
    const { server, outcome } = await open({ lookup: names.lookup(60_000), limits: { connectTimeout: 20_000 } });
    const { raw: stuck } = await RawGateway.enter(server.url);
    onTestFinished(() => stuck.cut());
    for (let index = 0; index < 80; index += 1) {
      const call = { id: index, call: 'getaddrinfo', host: `stuck${index}.test` };
      stuck.send(FrameType.CALL, 0, Buffer.from(JSON.stringify(call)));
    }
    await stuck.next(FrameType.RESULT); // refused: so many wait
    expect(await outcome({ kind: 'tcp', host: 'localhost', port: labPort(server) })).toBe('ok');
    expect(await outcome({ kind: 'tcp', host: 'good.test', port: labPort(server) })).toBe('ok');
    expect(names.asked).not.toContain('localhost');
  });

  test('no Unix socket but the lab servers’ is dialled, and no local port of the system’s services is taken', async () => {
    const { server, outcome } = await open({});
    for (const host of ['/var/run/docker.sock', '/run/dbus/system_bus_socket', '@/tmp/.X11-unix/X0', '', '../x']) {
      expect(await outcome({ kind: 'unix', host, port: 0 })).toBe('TARGET_FORBIDDEN');
    }
    const host = '127.0.0.1';
    expect(await outcome({ kind: 'tcp', host, port: labPort(server), options: { localPort: 22 } })).toBe(
      'LISTEN_FORBIDDEN',
    );
  });
});

/** A gateway whose learners may listen on one port, which is free. */
async function openListening(overrides: Partial<StartOptions> = {}) {
  const port = await vacantPort();
  const ports = { own: port, below: port - 1, above: port + 1, any: 0, http: 80, first: 1 };
  return { ports, ...(await open({ ...overrides, listenPorts: { from: port, to: port } })) };
}

describe.each(['listen', 'bound', 'udp'] as const)('where a learner may have a socket of its own: %s', (kind) => {
  test.each([
    ['127.0.0.1', 'own', 'ok'],
    ['127.0.0.1', 'any', 'ok'],
    ['::1', 'own', 'ok'],
    ['localhost', 'any', 'ok'],
    ['127.0.0.1', 'below', 'LISTEN_FORBIDDEN'],
    ['127.0.0.1', 'above', 'LISTEN_FORBIDDEN'],
    ['127.0.0.1', 'http', 'LISTEN_FORBIDDEN'],
    ['127.0.0.1', 'first', 'LISTEN_FORBIDDEN'],
    ['0x7f.1', 'own', 'HOST_INVALID'],
    ['example.test', 'own', 'HOST_INVALID'],
    ['127.0.0.1\0', 'own', 'HOST_INVALID'],
  ] as const)('%j port %s: %s', async (host, port, verdict) => {
    const { outcome, ports } = await openListening();
    expect(await outcome({ kind, host, port: ports[port], backlog: 1 })).toBe(verdict);
  });
});

test.each(['0.0.0.0', '::', '192.0.2.1', '8.8.8.8', '::ffff:127.0.0.1', '::ffff:0.0.0.0', '224.0.0.1', 'fe80::1'])(
  'nobody listens on %s unless the host has said that learners may',
  async (host) => {
    const { outcome, ports } = await openListening();
    for (const kind of ['listen', 'bound'] as const) {
      expect(await outcome({ kind, host, port: ports.own, backlog: 1 })).toBe('LISTEN_FORBIDDEN');
    }
  },
);

test('a listener on all addresses of this machine opens its port on no other machine', async () => {
  const { outcome, ports } = await openListening({ isExposed: true });
  expect(await outcome({ kind: 'listen', host: '0.0.0.0', port: ports.own, backlog: 5 })).toBe('ok');
  expect(await outcome({ kind: 'tcp', host: '127.0.0.1', port: ports.own })).toBe('ok');
  for (const host of ['8.8.8.8', '10.0.0.1', '192.0.2.1']) {
    expect(await outcome({ kind: 'tcp', host, port: ports.own })).toBe('TARGET_FORBIDDEN');
  }
});
