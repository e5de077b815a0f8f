import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../protocol/frame.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import type { RunningPlayground, StartOptions } from './start-playground.ts';

let shared: RunningPlayground;
beforeAll(async () => {
  shared = await startTestPlayground();
});
afterAll(() => shared.close());

async function open(overrides: Partial<StartOptions>): Promise<RunningPlayground> {
  const server = await startTestPlayground(overrides);
  onTestFinished(() => server.close());
  return server;
}

type Reply = { readonly status: number; readonly body: string; readonly headers: NodeJS.Dict<string | string[]> };

/** One request with exactly these headers, on a connection of its own. */
function ask(port: number, path: string, headers: Record<string, string>, method = 'GET'): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false, setHost: false });
  asked.on('response', (response) => {
    let body = '';
    response.on('data', (chunk) => {
      body += chunk;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
  });
  asked.on('upgrade', (_response, socket) => {
    socket.destroy();
    resolve({ status: 101, body: '', headers: {} });
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

describe('every route asks for the Host', () => {
  const paths = [
    '/',
    '/index.html',
    '/program',
    '/gateway',
    '/healthz',
    '/readyz',
    '/metrics',
    '/nothing',
    '/%00',
    '/..%2f',
  ];
  test.each(paths)('%s', async (path) => {
    for (const host of ['evil.example', `evil.example:${shared.port}`, '127.0.0.1', `127.0.0.1:${shared.port + 1}`]) {
      const { status, body } = await ask(shared.port, path, { host });
      expect(status).toBe(421);
      expect(JSON.parse(body).code).toBe('HOST_FORBIDDEN');
    }
    expect((await ask(shared.port, path, { host: `127.0.0.1:${shared.port}` })).status).not.toBe(421);
  });
  test('also with other methods, and for a WebSocket', async () => {
    for (const method of ['POST', 'HEAD', 'OPTIONS', 'DELETE']) {
      expect((await ask(shared.port, '/', { host: 'evil.example' }, method)).status).toBe(421);
    }
    const origin = `http://127.0.0.1:${shared.port}`;
    expect((await ask(shared.port, '/gateway', { ...UPGRADE, host: 'evil.example', origin })).status).toBe(421);
  });
});

describe('the gateway asks for Host and Origin, each by itself', () => {
  const hosts = (port: number) => ({ own: `127.0.0.1:${port}`, name: `localhost:${port}`, foreign: 'evil.example' });
  const origins = (port: number): Record<string, string | undefined> => ({
    own: `http://127.0.0.1:${port}`,
    name: `http://localhost:${port}`,
    none: undefined,
    null: 'null',
    tls: `https://127.0.0.1:${port}`,
    port: `http://127.0.0.1:${port + 1}`,
    foreign: 'http://evil.example',
    suffix: `http://127.0.0.1:${port}.evil.example`,
  });
  test.each(['own', 'name', 'foreign'] as const)('Host %s', async (host) => {
    for (const [name, origin] of Object.entries(origins(shared.port))) {
      const headers = { ...UPGRADE, host: hosts(shared.port)[host], ...(origin === undefined ? {} : { origin }) };
      const isGood = name === 'own' || name === 'name';
      const expected = host === 'foreign' ? 421 : isGood ? 101 : 403;
      expect(`${name} ${(await ask(shared.port, '/gateway', headers)).status}`).toBe(`${name} ${expected}`);
    }
  });

  test('a name that the page is reached by through a proxy', async () => {
    const server = await open({ origins: ['https://school.example'] });
    const through = (host: string, origin: string) => ask(server.port, '/gateway', { ...UPGRADE, host, origin });
    expect((await through('school.example', 'https://school.example')).status).toBe(101);
    expect((await through(`127.0.0.1:${server.port}`, 'https://school.example')).status).toBe(101);
    expect((await through('school.example', 'http://school.example')).status).toBe(403);
    expect((await through('school.example', 'https://evil.example')).status).toBe(403);
  });
});

test('the connection of a refused upgrade is closed: nothing else would', async () => {
  for (const [path, host] of [
    ['/gateway', 'evil.example'],
    ['/gateway', `127.0.0.1:${shared.port}`],
    ['/healthz', `127.0.0.1:${shared.port}`],
    ['/nothing', `127.0.0.1:${shared.port}`],
  ]) {
    const socket = connect(shared.port, '127.0.0.1');
    const headers = Object.entries({ ...UPGRADE, host }).map(([name, value]) => `${name}: ${value}`);
    socket.write([`GET ${path} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    socket.resume();
    await once(socket, 'end');
    socket.destroy();
  }
});

test('no answer lets another origin read it, nor a frame show it', async () => {
  const { headers } = await ask(shared.port, '/', { host: `127.0.0.1:${shared.port}`, origin: 'http://evil.example' });
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
});

describe('tokens', () => {
  const token = 'blue whale';
  async function hello(server: RunningPlayground, message: Parameters<RawGateway['hello']>[0]): Promise<string> {
    const raw = new RawGateway(server.url);
    onTestFinished(() => raw.cut());
    await raw.opened();
    raw.hello(message);
    return await Promise.race([raw.next(FrameType.WELCOME).then(() => 'in'), raw.goawayCode()]);
  }

  test('a playground with a token lets in who has it, and nobody else', async () => {
    const server = await open({ token });
    expect(await hello(server, { token })).toBe('in');
    for (const wrong of [undefined, '', 'blue', `${token} `, token.toUpperCase(), 'x'.repeat(256)]) {
      expect(await hello(server, wrong === undefined ? {} : { token: wrong })).toBe('TOKEN_INVALID');
    }
    expect(server.gateway.sessionCount).toBe(1);
  });

  test('a session’s secret is no way round the token, nor the token round the secret', async () => {
    const server = await open({ token });
    const { raw, welcome } = await RawGateway.enter(server.url, { token });
    onTestFinished(() => raw.cut());
    const { session, secret = '' } = welcome;
    const wrong = secret.replace(/./g, (digit) => (digit === '0' ? '1' : '0'));
    expect(await hello(server, { resume: { session, secret, received: 0 } })).toBe('TOKEN_INVALID');
    expect(await hello(server, { token, resume: { session, secret: wrong, received: 0 } })).toBe('TOKEN_INVALID');
    expect(await hello(server, { token, resume: { session, secret: session, received: 0 } })).toBe('TOKEN_INVALID');
    raw.send(FrameType.PING, 0); // the thief has not fenced the owner
    await raw.next(FrameType.PONG);
  });

  test('a session that is not there tells nothing of its secret: one gets a new one', async () => {
    const { raw } = await RawGateway.enter(shared.url, {
      resume: { session: '0'.repeat(32), secret: '0'.repeat(32), received: 0 },
    });
    onTestFinished(() => raw.cut());
  });

  test('guessing is slow', async () => {
    const server = await open({ token, limits: { hellosPerMinutePerAddress: 3 } });
    for (let guess = 0; guess < 3; guess += 1) expect(await hello(server, { token: `${guess}` })).toBe('TOKEN_INVALID');
    expect(await hello(server, { token: '3' })).toBe('FRAME_RATE_EXCEEDED');
    expect(await hello(server, { token })).toBe('FRAME_RATE_EXCEEDED');
  });
});

test('an address that asks for too much is told to wait', async () => {
  const server = await open({ limits: { requestsPerMinutePerAddress: 5 } });
  const headers = { host: `127.0.0.1:${server.port}` };
  for (let count = 0; count < 5; count += 1) expect((await ask(server.port, '/healthz', headers)).status).toBe(200);
  const { status, body } = await ask(server.port, '/healthz', headers);
  expect(status).toBe(429);
  expect(JSON.parse(body).code).toBe('FRAME_RATE_EXCEEDED');
});
