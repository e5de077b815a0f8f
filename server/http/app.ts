import type { Socket } from 'node:net';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { PlaygroundError } from '../../protocol/errors.ts';
import { PAGE_NAMES, segmentOf } from '../../protocol/pages.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { MetricsAccess } from '../config.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { answerFailure } from './answer-failure.ts';
import { HttpConnections } from './connections.ts';
import { gatewayPlugin } from './gateway-plugin.ts';
import { healthPlugin } from './health.ts';
import { lessonsPlugin } from './lessons.ts';
import type { HttpLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { createRefusalLog } from './refusal-log.ts';
import { registerRequestBudgets } from './request-budgets.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export type AppOptions = {
  readonly gateway: Gateway;
  readonly allowedHosts: AllowedHosts;
  /** The built page. */
  readonly webRoot: string;
  readonly logLevel: string;
  /** Where log lines go: standard error, as standard output is for people. */
  readonly logStream?: { readonly write: (line: string) => void };
  readonly metrics: Metrics;
  readonly metricsAccess: MetricsAccess;
  /** A pack of lessons for all learners. */
  readonly lessons: string | undefined;
  /** Python's files are served. */
  readonly hasPython: boolean;
  /** Reverse proxies whose X-Forwarded-For is believed. */
  readonly proxies: readonly string[];
  /** People come through a reverse proxy, or may: what asks from this machine need not be a program of it. */
  readonly isProxied: boolean;
  readonly limits: HttpLimits;
  readonly now: () => Milliseconds;
  /** What the kernel holds of a socket that its peer has not acknowledged; 0 where that cannot be read. */
  readonly sendQueue: (socket: Socket) => ByteCount;
};

const HEADERS_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 10_000;
const CONNECTIONS_CHECK = 1_000;
/** The folder that scripts/build/python-runtime.ts names: Pyodide's version stands behind it. */
const PYTHON_FILES = '/assets/:folder(^pyodide-\\d.*$)/*';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Registers everything, opens nothing. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { gateway, allowedHosts, webRoot, metrics, limits, now, sendQueue, proxies } = options;
  const app = fastify({
    logger: { level: options.logLevel, base: null, stream: options.logStream ?? process.stderr },
    trustProxy: proxies.length > 0 && [...proxies],
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: limits.keepAliveTimeout,
    forceCloseConnections: true,
    // A path that cannot be read comes to no hook.
    frameworkErrors: (error, request, reply) => {
      reply.headers(SECURITY_HEADERS);
      return answerFailure(request, reply, known(error, 400), undefined);
    },
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CONNECTIONS_CHECK },
  });
  const connections = new HttpConnections({ limits, now, sendQueue, proxies });
  watchConnections(app, connections);
  const tellRefused = createRefusalLog((refused, sentence) => app.log.warn(refused, sentence));
  app.addHook('onRequest', async ({ raw, headers }, reply) => {
    reply.headers(SECURITY_HEADERS);
    // RFC 9112 §3.2: two of them, and whoever stands before us may have looked at the other one.
    if (raw.rawHeaders.filter((name, index) => index % 2 === 0 && /^host$/i.test(name)).length > 1) {
      throw new PlaygroundError('REQUEST_INVALID', 'more than one Host');
    }
    if (allowedHosts.isHostAllowed(headers.host)) return;
    const option = allowedHosts.optionForHost(headers.host);
    if (option) tellRefused({ header: 'host', name: `${headers.host}`, option });
    throw new PlaygroundError('HOST_FORBIDDEN', `${headers.host}`);
  });
  const { isFailureAllowed } = await registerRequestBudgets(app, limits);
  // Node has let go of the connection of whoever asked for an upgrade: one that was refused has no timeout and no end.
  app.addHook('onResponse', async ({ raw, headers }) => {
    if (headers.upgrade !== undefined) raw.socket.destroySoon();
  });
  const fail = async (request: FastifyRequest, reply: FastifyReply, error: PlaygroundError): Promise<FastifyReply> => {
    metrics.countRefusal(error.code);
    if (error.code === 'FRAME_RATE_EXCEEDED' || (await isFailureAllowed(request))) {
      return answerFailure(request, reply, error, allowedHosts.optionForHost(request.headers.host));
    }
    return answerFailure(request, reply, new PlaygroundError('FRAME_RATE_EXCEEDED', 'too many failures'), undefined);
  };
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    if (!(error instanceof PlaygroundError)) reply.code(status);
    return fail(request, reply, known(error, status));
  });
  app.setNotFoundHandler((request, reply) => fail(request, reply, new PlaygroundError('PAGE_MISSING', '')));
  await app.register(healthPlugin, {
    metrics,
    access: options.metricsAccess === 'local' && options.isProxied ? 'off' : options.metricsAccess,
    isReady: () => allowedHosts.port !== undefined && !gateway.isClosed,
  });
  await app.register(lessonsPlugin, { lessons: options.lessons });
  await app.register(gatewayPlugin, {
    gateway,
    isOriginAllowed: (origin) => {
      const isAllowed = allowedHosts.isOriginAllowed(origin);
      const option = isAllowed ? undefined : allowedHosts.optionForOrigin(origin);
      if (option) tellRefused({ header: 'origin', name: `${origin}`, option });
      return isAllowed;
    },
    onSpoken: (socket) => connections.release(socket),
  });
  if (!options.hasPython) app.get(PYTHON_FILES, (_request, reply) => reply.callNotFound());
  await app.register(fastifyStatic, {
    root: webRoot,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore', // what the build notes for itself
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache');
    },
  });
  for (const name of PAGE_NAMES) {
    if (name === 'play') continue; // the folder's own
    const page = `/${segmentOf(name)}`;
    app.get(page, (_request, reply) => reply.sendFile('index.html'));
    // Its files are named from where the page is. Relative: a proxy may have taken a path away before it.
    app.get(`${page}/`, ({ url }, reply) => reply.redirect(`..${page}${/\?.*$/.exec(url)?.[0] ?? ''}`, 308));
  }
  return app;
}

function watchConnections(app: FastifyInstance, connections: HttpConnections): void {
  app.server.on('connection', (socket: Socket) => connections.add(socket));
  app.addHook('onRequest', async ({ raw: { socket }, ip }, reply) => {
    if (!connections.begin(socket, ip)) return reply.hijack();
    reply.raw.once('close', () => connections.end(socket));
    return;
  });
  const timer = setInterval(() => connections.sweep(), CONNECTIONS_CHECK).unref();
  app.addHook('onClose', async () => clearInterval(timer));
}

/** What Fastify and its plugins refuse has a status and no code of ours. */
function known(error: unknown, status: number): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  return new PlaygroundError(
    status < 500 ? 'REQUEST_INVALID' : 'INTERNAL',
    status < 500 ? String((error as Error).message) : '',
  );
}
