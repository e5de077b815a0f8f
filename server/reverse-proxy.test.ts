import { request } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { encodeFrame, FrameType } from '../protocol/frame.ts';
import { encodeMessage } from '../protocol/messages/codec.ts';
import { PROTOCOL_VERSION } from '../protocol/messages/session.ts';
import { vacantPort } from '../protocol/testing/vacant-port.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { hasReverseProxy, type ReverseProxyName, startReverseProxy } from '../testing/reverse-proxies.ts';

const TLS = { servername: 'school.example', rejectUnauthorized: false };

function get(port: number, path: string, host = `school.example:${port}`): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { ...TLS, host: '127.0.0.1', port, path, headers: { host }, agent: false };
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
    const options = { ...TLS, origin, headers: { host: `school.example:${port}` } };
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

const names: readonly ReverseProxyName[] = ['nginx', 'Caddy', 'HAProxy'];

test.for(names)(
  'the documented %s serves the page and the gateway, at the root and below a path',
  async (name, { skip }) => {
    skip(!hasReverseProxy(name), `no ${name} here`);
    const port = await vacantPort();
    const origin = `https://school.example:${port}`;
    const server = await startTestPlayground({ node: 'school-1', origins: [origin], proxies: ['127.0.0.1'] });
    onTestFinished(() => server.close());
    const proxy = await startReverseProxy(name, port, server.port);
    onTestFinished(proxy.close);

    for (const base of ['/', '/sockets/']) {
      expect(await get(port, `${base}healthz`)).toMatchObject({ status: 200 });
      expect((await get(port, `${base}metrics`)).status).toBe(404);
      // Caddy itself has nothing to say by another name than the site's, and says it with 200.
      const foreign = await get(port, `${base}healthz`, 'evil.example');
      expect(foreign).toEqual(name === 'Caddy' ? { status: 200, body: '' } : { ...foreign, status: 421 });
      expect(await enter(port, `${base}gateway`, origin)).toBe(FrameType.WELCOME);
      expect(await enter(port, `${base}gateway`, `https://evil.example`)).toBe(403);
      expect(await enter(port, `${base}gateway/n/school-1`, origin)).toBe(FrameType.WELCOME);
      expect(await enter(port, `${base}gateway/n/school-2`, origin)).toBe(FrameType.GOAWAY);
    }
    expect((await get(port, '/sockets')).status).toBe(301);
    // Two of each page, and none of the foreign one nor of the wrong node.
    expect(server.gateway.sessionCount).toBe(4);
  },
);
