import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../protocol/loopback.ts';
import type { MetricsAccess } from '../config.ts';
import { VERSION } from '../version.ts';
import type { Metrics } from './metrics.ts';

export type HealthOptions = {
  readonly metrics: Metrics;
  readonly access: MetricsAccess;
  /** Everything listens and nothing is being closed. */
  readonly isReady: () => boolean;
};

/** GET /healthz, /readyz: for those who watch over the process. GET /metrics: Prometheus's text format. */
export const healthPlugin: FastifyPluginAsync<HealthOptions> = async (app, { metrics, access, isReady }) => {
  app.get('/healthz', async () => ({ status: 'ok', version: VERSION }));
  app.get('/readyz', async (_request, reply) => {
    if (isReady()) return { status: 'ready' };
    reply.code(503);
    return { status: 'not ready' };
  });
  app.get('/metrics', async (request, reply) => {
    if (access === 'off' || (access === 'local' && !isFromHere(request))) return reply.callNotFound();
    return reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text());
  });
};

/** A reverse proxy on this machine also connects from loopback; these headers give it away. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isFromHere({ socket, headers, raw }: FastifyRequest): boolean {
  // HTTP/1.0: what nginx speaks to whatever it stands in front of unless it is told otherwise, and no scraper does.
  const isForwarded = raw.httpVersion === '1.0' || FORWARDED.some((name) => headers[name] !== undefined);
  return !isForwarded && isHere(socket.remoteAddress ?? '') && isHere(hostOf(headers.host ?? ''));
}

/** A socket that listens on IPv6 shows an IPv4 peer in IPv6's form. */
function isHere(host: string): boolean {
  return isLoopbackHost(host.replace(/^::ffff:/, ''));
}

/** Without port and brackets. */
function hostOf(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}
