import { readFileSync } from 'node:fs';
import { type AddressInfo, isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RoomsEntry } from '../protocol/messages/session.ts';
import { nodeNameOf } from '../protocol/node-name.ts';
import type { Port } from '../protocol/units.ts';
import { createAudit } from './audit.ts';
import { Classroom } from './classroom/classroom.ts';
import { type Config, defaultConfig } from './config.ts';
import { probeDescriptors } from './descriptor-probe.ts';
import { isPublic } from './gateway/dial/address-rules.ts';
import { parseAllowRule } from './gateway/dial/allow-rule.ts';
import type { Destinations } from './gateway/dial/destinations.ts';
import { Dialler } from './gateway/dial/dial.ts';
import { type LookupAll, Names } from './gateway/dial/names.ts';
import { Policy } from './gateway/dial/policy.ts';
import { createSystemLookup, HOSTS_FILE, RESOLV_CONF } from './gateway/dial/system-lookup.ts';
import type { GatewayExtension } from './gateway/extension.ts';
import { Gateway } from './gateway/gateway.ts';
import { defaultLimits, type GatewayLimits, limitsWith } from './gateway/limits.ts';
import { SessionBudget } from './gateway/session/session-budget.ts';
import { TabSideWork } from './gateway/session/tab-side-work.ts';
import { Turns } from './gateway/session/turns.ts';
import { AllowedHosts } from './http/allowed-hosts.ts';
import { type AppOptions, buildApp } from './http/app.ts';
import { defaultHttpLimits, type HttpLimits } from './http/limits.ts';
import { Metrics } from './http/metrics.ts';
import { type Lab, startLab } from './lab/lab.ts';
import { strangerLimits } from './lab/strangers.ts';
import { labAddresses } from './lab-addresses.ts';
import { readLessonsFile } from './lessons-file.ts';
import { ListenerRegistry } from './listener-registry.ts';
import type { AcceptQueues } from './net/accept-queue.ts';
import { createAcceptQueues } from './net/create-accept-queues.ts';
import { setDatagramReading, setReadBuffer } from './net/ffi/fd-of.ts';
import { datagramState, kernelState, peerState, queryClosed } from './net/kernel-state.ts';
import { echoSeqpacket } from './net/seqpacket-echo.ts';
import { getSocketOptions, setSocketOptions } from './net/socket-options.ts';
import { trySockets } from './net/try-socket.ts';
import { OwnAddresses } from './own-addresses.ts';
import { localUrl } from './reachable-urls.ts';
import { createMonotonicClock, type MonotonicClock } from './shared/clock.ts';
import { brakeLog } from './shared/log-brake.ts';
import { timerClock } from './shared/timer-clock.ts';
import { Tap } from './tap/tap.ts';

/** What is not said is as the program's options have it by default. */
export type StartOptions = Partial<Config> & {
  readonly webRoot?: string;
  readonly limits?: Partial<GatewayLimits & HttpLimits>;
  readonly lookup?: LookupAll;
  /** Undefined: the system's own. */
  readonly clock?: MonotonicClock;
  /** The kernel's own where they can be had, unless others are given. */
  readonly queues?: AcceptQueues;
  readonly logStream?: AppOptions['logStream'];
  /** What joins the gateway besides; the last in its order. */
  readonly extensions?: readonly GatewayExtension[];
  /** What the lab servers print, line by line. */
  readonly print?: (server: string, line: string) => void;
  /** What the lab servers take the time of day for; the wall clock's unless said otherwise. */
  readonly today?: () => Date;
};
export type RunningPlayground = {
  /** The origin with a slash behind. */
  readonly url: string;
  readonly port: Port;
  readonly lab: Lab;
  readonly gateway: Gateway;
  /** Class rooms, where there are any. */
  readonly classroom: Classroom | undefined;
  readonly close: () => Promise<void>;
};

/** Programs outside the gateway are one more tab, as to the event loop's time; a larger one. */
const STRANGERS_WORK = { workPerSecond: 500, workBurst: 500 };
const DEFAULT_PORT: Port = 8_080;
const PORTS_TRIED = 100;
const WEB_ROOT = fileURLToPath(new URL('../dist/web', import.meta.url));

/** Wires everything and listens. @throws {Error} the system's, if it cannot listen */
export async function startPlayground(given: StartOptions = {}): Promise<RunningPlayground> {
  const options = { ...defaultConfig(), ...given };
  const { clock = createMonotonicClock() } = options;
  // Many learners on one machine is what small buffers are for; a path to other machines may need larger ones.
  const buffers = options.mode === 'class' ? {} : { socketBuffer: 0 };
  const descriptors = descriptorLimit();
  const defaults = { ...defaultLimits(descriptors), ...defaultHttpLimits(descriptors), ...buffers };
  const limits = limitsWith(defaults, options.limits ?? {});
  const lessons = options.lessons === undefined ? undefined : await readLessonsFile(options.lessons);
  const tap = new Tap();
  const queues = options.queues ?? createAcceptQueues();
  const own = new OwnAddresses(options.ownAddresses);
  const allowedHosts = new AllowedHosts({ ...options, ownAddresses: own.all });
  const listeners = new ListenerRegistry(options.listenPorts, options.isExposed, own.isOfInterface);
  const allow = options.allow.map(parseAllowRule);
  const turns = new Turns();
  const classroom =
    options.rooms && (await openClassroom(options, options.rooms, (error) => tellFault({ err: error })));
  const lab = await startLab({
    tap,
    queues,
    clock,
    strangers: strangerLimits(descriptors),
    strangersWork: new TabSideWork({
      budget: new SessionBudget(timerClock.now, { ...limits, ...STRANGERS_WORK }, (time, spender) =>
        turns.spend(time, spender),
      ),
      turns,
      clock: timerClock,
    }),
    ports: options.labPorts,
    besides: labAddresses(options.labHosts, networkInterfaces()),
    ...(options.print ? { print: options.print } : {}),
    ...(options.today ? { today: options.today } : {}),
  });
  const policy = new Policy({
    mode: options.mode,
    allow,
    isOurs: (transport, address, port, asker) =>
      tap.serverAt(transport, { host: address, port }) !== undefined ||
      listeners.isListening(transport, address, port, asker),
    isKept: listeners.isKept,
    isOwnAddress: own.has,
    ownPort: () => allowedHosts.port,
  });
  const { connectTimeout } = limits;
  const systemLookup = createSystemLookup({
    hostsFile: HOSTS_FILE,
    resolvConf: RESOLV_CONF,
    timeout: connectTimeout / 5,
    hasIpv6: () => [...own.all()].some((address) => isIPv6(address) && isPublic(address)),
  });
  const names = new Names<Destinations>(options.lookup ?? systemLookup, connectTimeout, own.isOfInterface);
  const dialler = new Dialler({ policy, connectTimeout, names });
  const metrics = new Metrics();
  const audit = createAudit((line) => app.log.info(line));
  const tellFault = brakeLog((line: { err: unknown }) => app.log.error(line, 'unforeseen'), timerClock.now);
  const tellExhausted = brakeLog(
    (line: object) => app.log.error(line, 'no descriptor left: who comes now is reset'),
    timerClock.now,
    1,
  );
  const stopProbe = probeDescriptors(timerClock, (code) => tellExhausted({ code }));
  const gateway: Gateway = new Gateway({
    clock,
    limits,
    dialler,
    queues,
    tap,
    kernel: {
      stateOf: kernelState,
      setOptions: setSocketOptions,
      optionsOf: getSocketOptions,
      setReadBuffer,
      trySockets,
      echoSeqpacket,
      closedStateOf: queryClosed,
      peerStateOf: peerState,
      datagramStateOf: datagramState,
      setDatagramReading,
    },
    listeners,
    lab,
    turns,
    mode: options.mode,
    node: options.node ?? nodeNameOf(hostname()) ?? 'playground',
    isOnlyNode: options.node === undefined,
    extensions: [
      ...[metrics.extension, audit, { onFault: (err: unknown) => tellFault({ err }) }],
      ...(classroom ? [classroom.extension] : []),
      ...(options.extensions ?? []),
    ],
    // Whoever comes into a room has shown its code: the token need not be handed out besides.
    ...(options.token === undefined || options.rooms === 'room' ? {} : { token: options.token }),
    ...(options.rooms && { rooms: options.rooms }),
    hasPython: options.hasPython,
  });
  metrics.watch(gateway);
  const app = await buildApp({
    gateway,
    allowedHosts,
    metrics,
    webRoot: options.webRoot ?? WEB_ROOT,
    logLevel: options.logLevel,
    ...(options.logStream ? { logStream: options.logStream } : {}),
    metricsAccess: options.metrics,
    lessons,
    hasPython: options.hasPython,
    proxies: options.proxies,
    isProxied: options.proxies.length > 0 || options.origins.length > 0,
    limits,
    now: timerClock.now,
    sendQueue: (socket) => kernelState(socket)?.sendQueue ?? 0,
  });
  const close = async (): Promise<void> => {
    gateway.close();
    metrics.close();
    stopProbe();
    await Promise.all([app.close(), lab.close(), classroom?.close()]);
  };
  try {
    const port = await listen(
      options,
      (at) => app.listen({ host: options.host, port: at }),
      () => portOf(app.server.address()),
    );
    allowedHosts.open(port);
    return { url: localUrl(options.host, port), port, lab, gateway, classroom, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws {Error} the system's: what is stored cannot be read */
function openClassroom(
  { state, keepRooms }: Config,
  entry: RoomsEntry,
  onFault: (error: unknown) => void,
): Promise<Classroom> {
  const clock = { ...timerClock, wall: Date.now };
  return Classroom.open({ clock, folder: state, keepDays: keepRooms, entry, onFault });
}

async function listen(
  { port }: Config,
  start: (port: Port) => Promise<string>,
  address: () => Port | undefined,
): Promise<Port> {
  for (let at = port ?? DEFAULT_PORT; ; at += 1) {
    try {
      await start(at);
      return address() ?? at;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (port !== undefined || !isTaken || at >= DEFAULT_PORT + PORTS_TRIED) throw error;
    }
  }
}

function portOf(address: AddressInfo | string | null): Port | undefined {
  return typeof address === 'object' ? address?.port : undefined;
}

/** ulimit -n; where it cannot be read, what most systems have at least. */
function descriptorLimit(): number {
  const usual = 10_240;
  try {
    const match = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return match ? Number(match[1]) : usual;
  } catch {
    return usual;
  }
}
