import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { PlaygroundError } from '../protocol/errors.ts';
import type { MetricsAccess } from './config.ts';
import type { Doors } from './doors.ts';
import type { Gateway } from './gateway/gateway.ts';
import { gatewayPlugin } from './gateway/plugin.ts';
import { healthPlugin } from './health.ts';
import type { Metrics } from './metrics.ts';

export type AppOptions = {
  readonly gateway: Gateway;
  readonly doors: Doors;
  /** The built page. */
  readonly webRoot: string;
  readonly logLevel: string;
  /** Where log lines go: standard error, as standard output is for people. */
  readonly logStream?: { readonly write: (line: string) => void };
  readonly metrics: Metrics;
  readonly metricsAccess: MetricsAccess;
  /** Reverse proxies whose X-Forwarded-For is believed. */
  readonly proxies: readonly string[];
  readonly requestsPerMinutePerAddress: number;
};

const HEADERS_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 10_000;
const CONNECTIONS_CHECK = 1_000;
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** The pages of the application: each is the same document. */
const PAGES = ['/program', '/learn', '/teach'];
// WebAssembly is for the Python interpreter; styles are set by script where rows are placed.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Registers everything, opens nothing. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { gateway, doors, webRoot, metrics } = options;
  const app = fastify({
    logger: { level: options.logLevel, base: null, stream: options.logStream ?? process.stderr },
    trustProxy: options.proxies.length > 0 && [...options.proxies],
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: true,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CONNECTIONS_CHECK },
  });
  app.addHook('onRequest', async ({ headers }, reply) => {
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    if (!doors.isHostAllowed(headers.host)) throw new PlaygroundError('HOST_FORBIDDEN', `${headers.host}`);
  });
  // Node has let go of the connection of whoever asked for an upgrade: one that was refused has no timeout and no end.
  app.addHook('onResponse', async ({ raw, headers }) => {
    if (headers.upgrade !== undefined) raw.socket.destroySoon();
  });
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof PlaygroundError ? error : undefined;
    if (known) metrics.countRefusal(known.code);
    const status = known?.statusCode ?? (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return reply
      .code(status)
      .send({ code: known?.code ?? 'INTERNAL', message: status >= 500 ? '' : (error as Error).message });
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinutePerAddress,
    timeWindow: '1 minute',
    errorResponseBuilder: () => new PlaygroundError('FRAME_RATE_EXCEEDED', 'too many requests'),
  });
  await app.register(healthPlugin, {
    metrics,
    access: options.metricsAccess,
    isReady: () => doors.port !== undefined && !gateway.isClosed,
  });
  await app.register(gatewayPlugin, { gateway, isOriginAllowed: doors.isOriginAllowed });
  await app.register(fastifyStatic, {
    root: webRoot,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache');
    },
  });
  for (const page of PAGES) app.get(page, (_request, reply) => reply.sendFile('index.html'));
  return app;
}
