import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { isWildcard } from '../../../../protocol/loopback.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import { parseHost } from '../../../../protocol/target.ts';
import type { Port } from '../../../../protocol/units.ts';
import type { AcceptQueue, BindOptions, BoundSocket } from '../../../net/accept-queue.ts';
import { canonicalAddress } from '../../dial/address-rules.ts';
import { loopbackOf } from '../../dial/local-addresses.ts';
import type { Asker, TransportProtocol } from '../../dial/policy.ts';
import type { Environment } from '../environment.ts';
import type { PortMap } from './port-map.ts';

/** A learner's own address. `shownPort` is the one it has within its session. */
export type BoundHere = {
  /** listen(2) has returned: from here on the port is a learner's door (decision 016). */
  readonly listens: () => void;
  readonly forget: () => void;
  readonly shownPort: number;
  /** A connection was accepted there. */
  readonly accepted: (ends: { readonly local: Endpoint; readonly remote: Endpoint }) => void;
};

type Binding = {
  readonly transport: TransportProtocol;
  readonly address: string;
  /** The port asked for; 0 is any. */
  readonly asked: Port;
  readonly options: SocketOptions;
};

/** What a bind(2) of a learner's depends on. */
export type BindPlace = Pick<Environment, 'listeners' | 'queues' | 'kernel'> & {
  readonly ports: PortMap;
  /** Whose sockets these are. */
  readonly owner: Asker;
};

const CANDIDATES = 64;

/** socket(2), bind(2), listen(2) where the policy has it. @throws {PlaygroundError} LISTEN_FORBIDDEN; or the system's errno */
export async function listenHere(
  place: BindPlace,
  at: Endpoint,
  backlog: number,
  options: SocketOptions,
): Promise<BoundHere & { queue: AcceptQueue }> {
  const here = await take(place, 'tcp', at, options, async (endpoint) => {
    const queue = await place.queues.listen(endpoint, backlog, bindOptions(options));
    return { queue, real: queue.endpoint.port };
  });
  here.listens();
  return here;
}

/** socket(2), bind(2): the address is taken, nobody can connect yet. */
export async function bindHere(
  place: BindPlace,
  at: Endpoint,
  options: SocketOptions,
): Promise<BoundHere & { bound: BoundSocket }> {
  return await take(place, 'tcp', at, options, async (endpoint) => {
    const bound = await place.queues.bind(endpoint, bindOptions(options));
    return { bound, real: bound.endpoint.port };
  });
}

/** The same for datagrams; any port is the system's choice, for nobody outside has to guess it. */
export async function bindDatagramHere(
  place: BindPlace,
  at: Endpoint,
  options: SocketOptions,
): Promise<BoundHere & { socket: DatagramSocket }> {
  const bind = async (endpoint: Endpoint): Promise<{ socket: DatagramSocket; real: number }> => {
    const socket = await bindDatagram(endpoint, options.ipv6Only ?? false);
    return { socket, real: socket.address().port };
  };
  const isAny = at.port === 0;
  if (isAny) assertMayListen(place, at);
  const here = isAny
    ? register(place, { transport: 'udp', address: at.host, asked: 0, options }, await bind(at))
    : await take(place, 'udp', at, options, bind);
  here.listens(); // what is sent there arrives, and nobody else can have the port: it is bound without SO_REUSEADDR
  return here;
}

function bindDatagram({ host, port }: Endpoint, ipv6Only: boolean): Promise<DatagramSocket> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', reuseAddr: false, ipv6Only });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** Of a program's own ports it is `timeWaits` that tells: another learner's connections are no reason to refuse one. */
function bindOptions({ reuseAddress, ipv6Only, mapPort }: SocketOptions): BindOptions {
  return {
    ...(reuseAddress === undefined || mapPort ? {} : { reuseAddress }),
    ...(ipv6Only === undefined ? {} : { ipv6Only }),
  };
}

/** Finds the port that this address may have: the one asked for, a free one of the range, or one that stands in for it. */
async function take<Taken extends { real: number }>(
  place: BindPlace,
  transport: TransportProtocol,
  at: Endpoint,
  options: SocketOptions,
  open: (endpoint: Endpoint) => Promise<Taken>,
): Promise<BoundHere & Taken> {
  const { host, kind } = parseHost(at.host);
  if (kind === 'name' && host !== 'localhost')
    throw new PlaygroundError('HOST_INVALID', `${host} is no address to bind`);
  const asked = host === 'localhost' ? '127.0.0.1' : (canonicalAddress(host) ?? host);
  const address = options.mapPort ? narrowed(place, asked) : asked;
  const binding = { transport, address, asked: at.port, options };
  if (at.port === 0) return register(place, binding, await tryCandidates(place, transport, address, open));
  const isWaiting = transport === 'tcp' && place.ports.timeWaits.holds(at.port, reuses(options), place.kernel);
  if (isWaiting) throw systemError('EADDRINUSE');
  // At once: another program of the tab may ask for the port while this bind(2) is under way.
  if (!place.ports.tryReserve(transport, at.port)) throw systemError('EADDRINUSE');
  try {
    return register(place, binding, await openAsked(place, binding, open));
  } catch (error) {
    place.ports.release(transport, at.port);
    throw error;
  }
}

async function openAsked<Taken>(
  place: BindPlace,
  { transport, address, asked, options }: Binding,
  open: (endpoint: Endpoint) => Promise<Taken>,
): Promise<Taken> {
  try {
    assertMayListen(place, { host: address, port: asked });
    return await open({ host: address, port: asked });
  } catch (error) {
    if (!options.mapPort) throw error;
  }
  return await tryCandidates(place, transport, address, open);
}

function assertMayListen({ listeners }: BindPlace, { host, port }: Endpoint): void {
  if (!listeners.mayListen(host, port)) throw new PlaygroundError('LISTEN_FORBIDDEN', `${host} port ${port}`);
}

/** A wildcard address is narrowed to loopback where learners may not listen beyond it. */
function narrowed(place: BindPlace, address: string): string {
  if (!isWildcard(address) || place.listeners.mayListen(address, place.listeners.candidatePort())) return address;
  return loopbackOf(address);
}

async function tryCandidates<Taken>(
  place: BindPlace,
  transport: TransportProtocol,
  address: string,
  open: (endpoint: Endpoint) => Promise<Taken>,
): Promise<Taken> {
  for (let attempt = 1; ; attempt += 1) {
    const candidate = place.listeners.candidatePort();
    assertMayListen(place, { host: address, port: candidate });
    // With SO_REUSEADDR two may be bound to it, and only one of them may listen; or it stands for another in this session.
    const isTaken =
      place.listeners.isBound(transport, address, candidate) ||
      place.ports.realPort(transport, candidate) !== undefined;
    if (isTaken && attempt < CANDIDATES) continue;
    try {
      return await open({ host: address, port: candidate });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === CANDIDATES) throw error;
    }
  }
}

function register<Taken extends { real: number }>(
  place: BindPlace,
  { transport, address, asked, options }: Binding,
  taken: Taken,
): BoundHere & Taken {
  const shownPort = asked === 0 ? taken.real : asked;
  const claim = place.listeners.add({
    transport,
    host: address,
    port: taken.real,
    owner: place.owner,
    isDual: address === '::' && options.ipv6Only === false,
    // Node's own bound sockets have SO_REUSEADDR whatever is asked for, its datagram sockets never.
    isExclusive:
      transport === 'udp' || (options.reuseAddress === false && !options.mapPort && place.queues.kind === 'kernel'),
  });
  place.ports.set(transport, shownPort, taken.real);
  let isForgotten = false;
  const forget = (): void => {
    if (isForgotten) return; // by now the port may be another's
    isForgotten = true;
    claim.release();
    place.ports.release(transport, shownPort);
  };
  const accepted: BoundHere['accepted'] = (ends) =>
    place.ports.timeWaits.add({ ...ends, port: shownPort, reuses: reuses(options) });
  return { ...taken, shownPort, listens: claim.listen, forget, accepted };
}

/** What Node's sockets have unless they are asked not to. */
function reuses({ reuseAddress = true }: SocketOptions): boolean {
  return reuseAddress;
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
