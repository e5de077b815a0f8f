import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { encodeFrame, FrameType } from '../protocol/frame.ts';
import { encodeMessage, PROTOCOL_VERSION } from '../protocol/messages.ts';
import { vacantPort } from '../protocol/testing/vacant-port.ts';
import { startTestPlayground } from '../testing/playground.ts';

const hasTools = ['nginx', 'openssl'].every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0);

/** The blocks of docs/hosting.md in this language: what is recommended there is what is tried here. */
function blocks(language: string): string[] {
  const text = readFileSync(new URL('../docs/hosting.md', import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, block]) => block as string,
  );
}

/** nginx with the documented configuration, on free ports, with a certificate of its own, in a folder of its own. */
async function startNginx(port: number, upstream: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-nginx-'));
  mkdirSync(join(folder, 'snippets'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=school.example', '-addext', 'subjectAltName=DNS:school.example'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      certificate,
      ...subject,
    ],
    { stdio: 'ignore' },
  );
  const [site = '', snippet = ''] = blocks('nginx');
  writeFileSync(join(folder, 'snippets', 'playground.conf'), snippet);
  const server = site
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${upstream}`)
    .replace('/etc/ssl/school.example.pem', certificate)
    .replace('/etc/ssl/school.example.key', key);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const configuration = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events {} http { access_log off; ${paths.join(' ')} ${server} }`;
  writeFileSync(join(folder, 'nginx.conf'), configuration);
  const nginx: ChildProcess = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  onTestFinished(async () => {
    nginx.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  });
  await listening(port, nginx);
}

/** nginx says nothing when it is ready: it is when it takes a connection. */
async function listening(port: number, nginx: ChildProcess): Promise<void> {
  while (nginx.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
  }
  throw new Error(`nginx ended with ${nginx.exitCode}`);
}

function get(port: number, path: string, host = `school.example:${port}`): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { host }, rejectUnauthorized: false, agent: false };
    const asked = request(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

/** Opens the gateway as a page of this origin would; resolves with the first frame's type, or the refusal's status. */
function enter(port: number, path: string, origin: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { origin, headers: { host: `school.example:${port}` }, rejectUnauthorized: false };
    const ws = new WebSocket(`wss://127.0.0.1:${port}${path}`, options);
    onTestFinished(() => ws.terminate());
    ws.on('open', () => {
      const payload = encodeMessage({ version: PROTOCOL_VERSION });
      ws.send(encodeFrame({ type: FrameType.HELLO, seq: 0, stream: 0, payload }));
    });
    ws.on('message', (message: Buffer) => resolve(message[0] as number));
    ws.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    ws.on('error', reject);
  });
}

test.runIf(hasTools)('the documented nginx serves the page and the gateway, at the root and below a path', async () => {
  const port = await vacantPort();
  const origin = `https://school.example:${port}`;
  const server = await startTestPlayground({ origins: [origin], proxies: ['127.0.0.1'] });
  onTestFinished(() => server.close());
  await startNginx(port, server.port);

  for (const base of ['/', '/sockets/']) {
    expect(await get(port, `${base}healthz`)).toMatchObject({ status: 200 });
    expect((await get(port, `${base}metrics`)).status).toBe(404);
    expect((await get(port, `${base}healthz`, 'evil.example')).status).toBe(421);
    expect(await enter(port, `${base}gateway`, origin)).toBe(FrameType.WELCOME);
    expect(await enter(port, `${base}gateway`, `https://evil.example`)).toBe(403);
  }
  expect((await get(port, '/sockets')).status).toBe(301);
  // Those of the two pages, and none of the foreign one.
  expect(server.gateway.sessionCount).toBe(2);
});
