import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../protocol/frame.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import type { RunningPlayground, StartOptions } from './start-playground.ts';

let shared: RunningPlayground;
/** What the build leaves, in small. */
let webRoot: string;
beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'playground-web-'));
  mkdirSync(join(webRoot, '.vite'));
  writeFileSync(join(webRoot, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Socket Playground</title>');
  shared = await startTestPlayground({ webRoot });
});
afterAll(async () => {
  await shared.close();
  rmSync(webRoot, { recursive: true });
});

async function open(overrides: Partial<StartOptions>): Promise<RunningPlayground> {
  const server = await startTestPlayground({ webRoot, ...overrides });
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
    '/program/',
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
});

/** Opens the gateway by hand, so that it may say what no client would; the status of the answer. */
async function upgradeWith(port: number, lines: readonly string[]): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const headers = Object.entries(UPGRADE).map(([name, value]) => `${name}: ${value}`);
  socket.write(['GET /gateway HTTP/1.1', ...headers, ...lines, '', ''].join('\r\n'));
  const [first] = (await once(socket, 'data')) as [Buffer];
  return Number(/^HTTP\/1.1 (\d+)/.exec(first.toString())?.[1]);
}
test('two Host headers are refused, although one of them is ours', async () => {
  const own = `127.0.0.1:${shared.port}`;
  const origin = `Origin: http://${own}`;
  expect(await upgradeWith(shared.port, [`Host: ${own}`, origin])).toBe(101);
  expect(await upgradeWith(shared.port, [`Host: ${own}`, 'Host: evil.example', origin])).toBe(400);
  expect(await upgradeWith(shared.port, [`Host: ${own}`, `host: ${own}`, origin])).toBe(400);
});

describe('the page asks whether it would be let in, for browsers do not say why a WebSocket was refused', () => {
  const why = async (port: number, host: string, origin?: string) => {
    const { status, body } = await ask(port, '/gateway', { host, ...(origin ? { origin } : {}) }, 'POST');
    return status === 204 ? 'in' : JSON.parse(body).code;
  };
  test('by Host and Origin, as the WebSocket', async () => {
    const own = `127.0.0.1:${shared.port}`;
    expect(await why(shared.port, own, `http://${own}`)).toBe('in');
    expect(await why(shared.port, own, 'https://school.example')).toBe('ORIGIN_FORBIDDEN');
    expect(await why(shared.port, own)).toBe('ORIGIN_FORBIDDEN');
    expect(await why(shared.port, 'school.example', 'https://school.example')).toBe('HOST_FORBIDDEN');
  });
  test('whoever hosts it is told once what to start it with, and for no more names than a few', async () => {
    const lines: string[] = [];
    const server = await open({ logLevel: 'warn', logStream: { write: (line) => void lines.push(line) } });
    const own = `127.0.0.1:${server.port}`;
    for (let count = 0; count < 3; count += 1) await why(server.port, own, 'https://school.example');
    await why(server.port, `teacher.local:${server.port}`);
    await why(server.port, '<script>', 'null');
    expect(lines.map((line) => JSON.parse(line).option)).toEqual([
      '--origin https://school.example',
      '--host-name teacher.local',
    ]);
    for (let count = 0; count < 40; count += 1) await why(server.port, own, `https://${count}.example`);
    expect(lines).toHaveLength(16);
  });
});

describe('somebody who opens a page that is not there, or by a wrong name, reads a page', () => {
  const browser = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'en-GB,en;q=0.9' };
  const own = () => `127.0.0.1:${shared.port}`;
  test('by a wrong name: a sentence and what it would have to be started with, nothing of it raw', async () => {
    const { status, body, headers } = await ask(shared.port, '/', { ...browser, host: 'school.example' });
    expect(status).toBe(421);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('<code>npm start -- --origin https://school.example</code>');
    const chinese = { ...browser, 'accept-language': 'fr, zh-TW;q=0.8, en;q=0.5' };
    expect((await ask(shared.port, '/', { ...chinese, host: `a.b:${shared.port}` })).body).toContain(
      '--host-name a.b<',
    );
    expect((await ask(shared.port, '/', { ...chinese, host: '<b>' })).body).toMatch(
      /^<!doctype html><html lang="zh-CN">(?!.*<b>)/,
    );
  });
  test('the application with status 404, which has both languages; below a path that it does not stand in, a sentence', async () => {
    const page = await ask(shared.port, '/', { ...browser, host: own() });
    const missing = await ask(shared.port, '/nope?x=/y/', { ...browser, host: own() });
    expect([page.status, missing.status, missing.body]).toEqual([200, 404, page.body]);
    const etag = String(page.headers['etag']);
    const again = await ask(shared.port, '/nope', { ...browser, host: own(), 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([404, page.body]);
    const deep = await ask(shared.port, '/a/b/', { ...browser, host: own() });
    expect([deep.status, deep.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(deep.body).toContain('<a href="../../">Go to Play</a>');
  });
  test('a program reads JSON', async () => {
    const { status, body } = await ask(shared.port, '/nope', { host: own() });
    expect([status, JSON.parse(body).code]).toEqual([404, 'PAGE_MISSING']);
    expect((await ask(shared.port, '/', { host: own() }, 'POST')).status).toBe(404);
  });
});

test.each([
  ['/..%2fpackage.json', 404, 'PAGE_MISSING'],
  ['/../package.json', 403, 'REQUEST_INVALID'],
  ['/assets/..%2f..%2fpackage.json', 404, 'PAGE_MISSING'],
  ['/assets/../index.html', 403, 'REQUEST_INVALID'],
  ['/%zz', 400, 'REQUEST_INVALID'],
])('a path that leads elsewhere, %s, is refused with a code that says so', async (path, expected, code) => {
  const { status, body } = await ask(shared.port, path, { host: `127.0.0.1:${shared.port}` });
  expect([status, JSON.parse(body).code]).toEqual([expected, code]);
});

test('what the build notes for itself is not served', async () => {
  const headers = { host: `127.0.0.1:${shared.port}` };
  for (const path of ['/.vite/manifest.json', '/%2evite/manifest.json', '/assets/../.vite/manifest.json']) {
    expect(`${path} ${(await ask(shared.port, path, headers)).status}`).toMatch(/ 40[34]$/);
  }
});

test('a page with a slash behind leads to the page, below whatever path that is', async () => {
  const { status, headers } = await ask(shared.port, '/program/?a=b', { host: `127.0.0.1:${shared.port}` });
  expect([status, headers['location']]).toEqual([308, '../program?a=b']);
});

test('every answer, refusals too, says what may be loaded, framed and shared', async () => {
  for (const [path, host] of [
    ['/', `127.0.0.1:${shared.port}`],
    ['/nope', `127.0.0.1:${shared.port}`],
    ['/', 'evil.example'],
  ] as const) {
    const { headers } = await ask(shared.port, path, { host });
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  }
});

test('a learner comes back although somebody behind the same address has used up its requests', async () => {
  const server = await open({ limits: { requestsPerMinutePerAddress: 5 } });
  const { raw, resume } = await RawGateway.enter(server.url);
  raw.cut();
  const headers = { host: `127.0.0.1:${server.port}` };
  for (let count = 0; count < 6; count += 1) await ask(server.port, '/healthz', headers);
  expect((await ask(server.port, '/healthz', headers)).status).toBe(429);
  const { raw: again } = await RawGateway.enter(server.url, { resume: resume() });
  onTestFinished(() => again.cut());
  expect(server.gateway.sessionCount).toBe(1);
});

test('failures use up nobody’s requests, and too many of them are answered with no more than that', async () => {
  const server = await open({ limits: { requestsPerMinutePerAddress: 5, failuresPerMinutePerAddress: 3 } });
  const headers = { host: `127.0.0.1:${server.port}` };
  const statuses = [];
  for (const path of ['/nope', '/nope', '/nope', '/nope', '/nope', '/nope']) {
    statuses.push((await ask(server.port, path, headers)).status);
  }
  expect(statuses).toEqual([404, 404, 404, 429, 429, 429]);
  for (let count = 0; count < 5; count += 1) expect((await ask(server.port, '/healthz', headers)).status).toBe(200);
});

test('an address that asks for too much is told to wait', async () => {
  const server = await open({ limits: { requestsPerMinutePerAddress: 5 } });
  const headers = { host: `127.0.0.1:${server.port}` };
  for (let count = 0; count < 5; count += 1) expect((await ask(server.port, '/healthz', headers)).status).toBe(200);
  const { status, body } = await ask(server.port, '/healthz', headers);
  expect(status).toBe(429);
  expect(JSON.parse(body).code).toBe('FRAME_RATE_EXCEEDED');
});
