import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { FrameType } from '../protocol/frame.ts';
import { vacantPort } from '../protocol/testing/vacant-port.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import type { AuditLine } from './audit.ts';
import type { RunningPlayground, StartOptions } from './start-playground.ts';
import { VERSION } from './version.ts';

async function open(overrides: Partial<StartOptions> = {}) {
  const lines: string[] = [];
  const logStream = { write: (line: string) => void lines.push(line) };
  const webRoot = import.meta.dirname; // there is one, so that the log has no warning of it
  const server = await startTestPlayground({ webRoot, logStream, logLevel: 'info', ...overrides });
  onTestFinished(() => server.close());
  const audit = (): AuditLine[] => lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'open');
  return { server, lines, audit };
}
async function enter(server: RunningPlayground, hello: Parameters<typeof RawGateway.enter>[1] = {}) {
  const entered = await RawGateway.enter(server.url, hello);
  onTestFinished(() => entered.raw.cut());
  return entered;
}
function labPort({ lab }: RunningPlayground, wanted: string): number {
  return lab.servers.find(({ name }) => name === wanted)?.port ?? 0;
}
async function numbers(server: RunningPlayground): Promise<(line: string) => number | undefined> {
  const response = await fetch(`${server.url}metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  const found = new Map(text.split('\n').map((line) => line.split(/ (?=[^ ]+$)/) as [string, string]));
  return (line) => (found.has(line) ? Number(found.get(line)) : undefined);
}

test('health and readiness are told to whoever watches, and not ready while closing', async () => {
  const { server } = await open();
  expect(await (await fetch(`${server.url}healthz`)).json()).toEqual({ status: 'ok', version: VERSION });
  expect((await fetch(`${server.url}readyz`)).status).toBe(200);
  server.gateway.close();
  expect((await fetch(`${server.url}readyz`)).status).toBe(503);
  expect((await fetch(`${server.url}healthz`)).status).toBe(200);
});

test('counts sessions, sockets, bytes, refusals by reason, resumes and replays', async () => {
  const { server } = await open({ mode: 'class' });
  const { raw, resume } = await enter(server);
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(server, 'Raw echo') });
  await raw.next(FrameType.OPENED, 1);
  raw.open(3, { kind: 'tcp', host: '192.0.2.1', port: 80 });
  expect(await raw.resetCode(3)).toBe('TARGET_FORBIDDEN');
  raw.open(5, { kind: 'tcp', host: 'no.host.', port: 80 });
  await raw.resetCode(5);
  raw.send(FrameType.DATA, 1, new Uint8Array(10_000));
  for (let bytes = 0; bytes < 10_000; bytes += (await raw.next(FrameType.DATA, 1)).payload.length - 8);
  await fetch(`${server.url}nothing`);

  const before = await numbers(server);
  expect(before('playground_sessions{state="attached"}')).toBe(1);
  expect(before('playground_sessions_total{status="new"}')).toBe(1);
  expect(before('playground_streams')).toBe(1);
  expect(before('playground_opens_total{kind="tcp",outcome="ok"}')).toBe(1);
  expect(before('playground_opens_total{kind="tcp",outcome="TARGET_FORBIDDEN"}')).toBe(1);
  expect(before('playground_refusals_total{code="TARGET_FORBIDDEN"}')).toBe(1);
  expect(before('playground_refusals_total{code="HOST_INVALID"}')).toBe(1);
  expect(before('playground_up_bytes_total')).toBeGreaterThan(10_000);
  expect(before('playground_down_bytes_total')).toBeGreaterThan(10_000);
  expect(before('playground_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);

  // Cut, with answers under way that nobody has acknowledged.
  const from = { ...resume(), received: 0 };
  raw.cut();
  await raw.closed;
  const { raw: again } = await enter(server, { resume: from });
  const after = await numbers(server);
  expect(after('playground_sessions_total{status="resumed"}')).toBe(1);
  expect(after('playground_replayed_frames_total')).toBeGreaterThan(0);
  expect(after('playground_sessions{state="attached"}')).toBe(1);
  again.hello(); // a second HELLO makes no sense
  await again.closed;
  const last = await numbers(server);
  expect(last('playground_refusals_total{code="FRAME_INVALID"}')).toBe(1);
  expect(last('playground_streams')).toBe(0);
});

test('counts who was turned away at the door', async () => {
  const { server } = await open({ token: 'key' });
  const raw = new RawGateway(server.url);
  onTestFinished(() => raw.cut());
  await raw.opened();
  raw.hello({ token: 'wrong' });
  expect(await raw.goawayCode()).toBe('TOKEN_INVALID');
  const foreign = new WebSocket(`${server.url.replace('http', 'ws')}gateway`, { origin: 'http://evil.example' });
  await once(foreign, 'error');
  const number = await numbers(server);
  expect(number('playground_refusals_total{code="TOKEN_INVALID"}')).toBe(1);
  expect(number('playground_refusals_total{code="ORIGIN_FORBIDDEN"}')).toBe(1);
});

test('two servers in one process count each for itself', async () => {
  const [{ server: one }, { server: other }] = [await open(), await open()];
  await enter(one);
  expect((await numbers(one))('playground_sessions_total{status="new"}')).toBe(1);
  expect((await numbers(other))('playground_sessions_total{status="new"}')).toBe(0);
});

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host'])(
  'what a proxy on this machine passes on (%s) is not a program of this machine',
  async (header) => {
    const { server } = await open();
    expect((await fetch(`${server.url}metrics`, { headers: { [header]: '127.0.0.1' } })).status).toBe(404);
  },
);

test('a proxy that passes nothing on is none either: HTTP/1.0, or one that people are said to come through', async () => {
  const { server } = await open();
  const socket = connect(server.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 404 /);
  for (const proxied of [{ origins: ['https://school.example'] }, { proxies: ['127.0.0.1'] }]) {
    expect((await fetch(`${(await open(proxied)).server.url}metrics`)).status).toBe(404);
    expect((await fetch(`${(await open({ ...proxied, metrics: 'all' })).server.url}metrics`)).status).toBe(200);
  }
});

test('a network of IPv6 is one address, however many it has', async () => {
  const { server } = await open({ proxies: ['127.0.0.1'], limits: { requestsPerMinutePerAddress: 2 } });
  const statuses = [];
  for (const client of ['2001:db8::1', '2001:db8::2', '2001:db8::ffff:3', '2001:db8:0:1::1']) {
    statuses.push((await fetch(`${server.url}healthz`, { headers: { 'x-forwarded-for': client } })).status);
  }
  expect(statuses).toEqual([200, 200, 429, 200]);
});

test('metrics are for this machine alone, for all, or for nobody', async () => {
  const { server: off } = await open({ metrics: 'off' });
  expect((await fetch(`${off.url}metrics`)).status).toBe(404);
  const { server: all } = await open({ metrics: 'all' });
  expect((await fetch(`${all.url}metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(200);
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4');
test.runIf(outside)('who asks for metrics by an address of the network is told that there are none', async () => {
  const { server } = await open({ host: '0.0.0.0' });
  const url = `http://${outside?.address}:${server.port}`;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test('a proxy that is believed speaks for others, each with a budget of its own', async () => {
  const { server } = await open({ proxies: ['127.0.0.1'], limits: { requestsPerMinutePerAddress: 2 } });
  const ask = async (headers: Record<string, string>) => (await fetch(`${server.url}healthz`, { headers })).status;
  for (const client of ['192.0.2.1', '192.0.2.2']) {
    const headers = { 'x-forwarded-for': client };
    expect([await ask(headers), await ask(headers), await ask(headers)]).toEqual([200, 200, 429]);
  }
});
test('who only claims to be a proxy is not believed', async () => {
  const { server } = await open({ limits: { requestsPerMinutePerAddress: 2 } });
  const statuses = [];
  for (const client of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
    statuses.push((await fetch(`${server.url}healthz`, { headers: { 'x-forwarded-for': client } })).status);
  }
  expect(statuses).toEqual([200, 200, 429]);
});

test('one audit line for each OPEN, whatever comes of it: no byte, no secret', async () => {
  const token = 'the token of this test';
  const { server, lines, audit } = await open({ token });
  const { raw, welcome } = await enter(server, { token });
  const vacant = await vacantPort();
  const echo = labPort(server, 'Raw echo');

  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: echo });
  await raw.next(FrameType.OPENED, 1);
  raw.send(FrameType.DATA, 1, Buffer.from('a secret of a learner'));
  await raw.next(FrameType.DATA, 1);
  raw.send(FrameType.RST, 1);
  await raw.next(FrameType.CLOSED, 1);
  raw.open(3, { kind: 'tcp', host: '10.0.0.1', port: 22 });
  await raw.resetCode(3);
  raw.open(5, { kind: 'tcp', host: '127.0.0.1', port: vacant });
  await raw.resetCode(5);
  raw.open(7, { kind: 'udp', host: '127.0.0.1', port: 0 });
  await raw.next(FrameType.OPENED, 7);
  raw.open(9, { kind: 'listen', host: '127.0.0.1', port: 80 });
  await raw.resetCode(9);
  raw.open(11, { kind: 'tcp', host: 'x\n{"event":"open"}\u001b[2J', port: 1 });
  await raw.resetCode(11);
  raw.open(13, { kind: 'unix', host: '/var/run/docker.sock', port: 0 });
  await raw.resetCode(13);

  const told = audit().map(({ kind, host, port, outcome }) => [kind, host, port, outcome]);
  expect(told).toEqual([
    ['tcp', '127.0.0.1', echo, 'ok'],
    ['tcp', '10.0.0.1', 22, 'TARGET_FORBIDDEN'],
    ['tcp', '127.0.0.1', vacant, 'ECONNREFUSED'],
    ['udp', '127.0.0.1', 0, 'ok'],
    ['listen', '127.0.0.1', 80, 'LISTEN_FORBIDDEN'],
    ['tcp', 'x\n{"event":"open"}\u001b[2J', 1, 'HOST_INVALID'],
    ['unix', '/var/run/docker.sock', 0, 'TARGET_FORBIDDEN'],
  ]);
  expect(new Set(audit().map(({ session }) => session)).size).toBe(1);
  for (const line of lines) {
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    for (const secret of [token, welcome.session, welcome.secret, 'a secret of a learner']) {
      expect(line).not.toContain(secret);
    }
  }
});

test('a session that ends while its sockets are still being opened leaves their lines behind', async () => {
  const { server, audit } = await open({ mode: 'open', lookup: () => new Promise(() => undefined) });
  const { raw } = await enter(server);
  raw.open(1, { kind: 'tcp', host: 'never.example', port: 80 });
  raw.send(FrameType.GOAWAY, 0, Buffer.from(JSON.stringify({ code: 'SESSION_GONE', text: '' })));
  await raw.closed;
  expect(audit().map(({ host, outcome }) => [host, outcome])).toEqual([['never.example', 'SESSION_GONE']]);
});

test('nothing is written down unless it is asked for', async () => {
  const { server, lines } = await open({ logLevel: 'warn' });
  const { raw } = await enter(server);
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(server, 'Raw echo') });
  await raw.next(FrameType.OPENED, 1);
  expect(lines).toEqual([]);
});
