import type { Microseconds, Milliseconds, Port } from '../../protocol/units.ts';
import { addressText, endpointText, type RecordedCall } from './call-recorder.ts';
import { siteOf } from './call-sites.ts';
import type { GatewayEvent, SocketHandle } from './gateway-port.ts';
import { Family, type SocketEntry } from './socket-entry.ts';
import type { Outcome, SocketTable } from './socket-table.ts';

type Opening = {
  readonly waiter: number;
  readonly site: number;
  readonly text: string;
  readonly argument: number | undefined;
  readonly called: Milliseconds;
};
type Event<On extends GatewayEvent['on']> = Extract<GatewayEvent, { on: On }>;

/** bind, listen, connect and accept, and what the gateway tells of them. */
export class Connections {
  readonly #table: SocketTable;
  /** bind and listen that have not returned. */
  readonly #opening = new Map<SocketHandle, Opening>();
  /** connect that has not been answered, with its site. */
  readonly #connecting = new Map<SocketHandle, { readonly site: number; readonly called: Milliseconds }>();

  constructor(table: SocketTable) {
    this.#table = table;
  }

  /** A waiter whose result is '' or an error's name. No host: any. */
  bind(fd: number, host: string, port: Port, site: number): number {
    const entry = this.#table.get(fd);
    if (!entry) return this.#settled('EBADF');
    const address = host || wildcardOf(entry);
    const text = addressText(address, port);
    if (entry.phase !== 'new' || entry.local) return this.#settled(this.#fail(entry, site, 'EINVAL', { text }));
    entry.wildcard = address === wildcardOf(entry) ? address : '';
    const { handle: socket, options } = entry;
    const kind = entry.isStream ? 'bound' : 'udp';
    this.#table.command({ op: 'open', socket, kind, host: address, port, options });
    return this.#await(entry, site, text);
  }
  /** A waiter whose result is '' or an error's name. */
  listen(fd: number, backlog: number, site: number): number {
    const entry = this.#table.get(fd);
    if (!entry) return this.#settled('EBADF');
    const what = { argument: backlog };
    if (!entry.isStream) return this.#settled(this.#fail(entry, site, 'EOPNOTSUPP', what));
    if (entry.phase === 'listening') {
      this.#table.recorder.record(entry, site, what);
      return this.#settled('');
    }
    const { handle: socket, options } = entry;
    entry.backlog = backlog;
    if (entry.phase === 'bound') this.#table.command({ op: 'listen', socket, backlog });
    else if (entry.phase === 'new') {
      const host = wildcardOf(entry);
      entry.wildcard = host;
      this.#table.command({ op: 'open', socket, kind: 'listen', host, port: 0, backlog, options });
    } else return this.#settled(this.#fail(entry, site, 'EINVAL', what));
    return this.#await(entry, site, '', backlog);
  }
  /** '' where it is done at once, EINPROGRESS where readiness to write will tell, else the error. */
  connect(fd: number, host: string, port: Port, site: number): string {
    const known = this.#table.get(fd);
    if (!known) return 'EBADF';
    const what = { text: addressText(host, port) };
    if (!known.isStream) {
      known.remote = `${host} ${port}`;
      this.#table.recorder.record(known, site, what);
      return '';
    }
    if (known.phase === 'connected' || known.phase === 'listening') return this.#fail(known, site, 'EISCONN', what);
    if (known.phase === 'connecting') return this.#fail(known, site, 'EALREADY', what);
    const entry = known.phase === 'failed' ? this.#table.renew(known) : known;
    const { handle: socket, options } = entry;
    if (entry.phase === 'bound') this.#table.command({ op: 'connect', socket, host, port });
    else {
      const kind = entry.family === Family.Unix ? 'unix' : 'tcp';
      this.#table.command({ op: 'open', socket, kind, host, port, options });
    }
    entry.phase = 'connecting';
    entry.remote = `${host} ${port}`;
    entry.step('active OPEN');
    this.#connecting.set(socket, { site, called: this.#table.recorder.now() });
    return 'EINPROGRESS';
  }
  /** A descriptor; EAGAIN where nobody waits; WAITING where somebody does and has been asked for. */
  accept(fd: number, site: number): Outcome<number> {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#fail(entry, site, 'EOPNOTSUPP');
    if (entry.phase !== 'listening') return this.#fail(entry, site, 'EINVAL');
    const accepted = entry.accepted.shift();
    if (accepted !== undefined) {
      const taken = this.#table.get(accepted);
      const what = { text: endpointText(taken?.remote ?? ''), at: taken?.arrivedAt };
      this.#table.recorder.record(entry, site, what);
      if (taken) this.#table.recorder.record(taken, site, what);
      return accepted;
    }
    if (entry.waiting > entry.asked) {
      entry.asked += 1;
      this.#table.command({ op: 'accept', socket: entry.handle });
    }
    this.#table.recorder.waits(entry, site);
    return entry.asked > 0 ? 'WAITING' : 'EAGAIN';
  }
  /** The peer that was asked for has not come in time; when it does, it will be there for the next accept. */
  missed(fd: number): void {
    const entry = this.#table.get(fd);
    if (entry) entry.waiting = 0;
  }
  /** connect has waited long enough. What becomes of it later is no call's return. */
  connectMissed(fd: number): void {
    const entry = this.#table.get(fd);
    if (entry) this.#connected(entry, { error: 'ETIMEDOUT' });
  }
  /** SO_ERROR: '' or the name of what went wrong, told once. */
  takeError(fd: number): string {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    const error = entry.takeError();
    if (entry.phase === 'failed') this.#table.renew(entry);
    return error;
  }

  onOpened(entry: SocketEntry, { at, local, remote, lab }: Event<'opened'>): void {
    if (entry.log) entry.log.lab = lab;
    if (remote && entry.isStream) {
      entry.local = `${local.host} ${local.port}`;
      entry.remote = `${remote.host} ${remote.port}`;
      entry.phase = 'connected';
      entry.step('rcv SYN-ACK');
      this.#connected(entry, { at });
      return;
    }
    entry.local = `${entry.wildcard || local.host} ${local.port}`;
    const opening = this.#opening.get(entry.handle);
    const isListen = opening !== undefined && siteOf(opening.site).call === 'listen';
    entry.phase = isListen ? 'listening' : 'bound';
    if (isListen) entry.step('passive OPEN');
    this.#settle(entry, '', at);
  }
  onReset(entry: SocketEntry, { at, code, text }: Event<'reset'>): void {
    const error = text ? `${code} ${text}` : code;
    entry.isOver = true;
    entry.step('rcv RST');
    if (this.#opening.has(entry.handle)) {
      this.#settle(entry, error, at);
      this.#table.renew(entry);
    } else if (entry.phase === 'connecting') {
      entry.phase = 'failed';
      entry.error = error;
      this.#connected(entry, { error, at });
    } else if (!entry.isStream && entry.phase === 'bound') this.#reopen(entry, error);
    else {
      // tcp_reset of Linux: after the peer's FIN it is a broken pipe, and end of file for those who read.
      entry.error = entry.isReceiveEnded && error === 'ECONNRESET' ? 'EPIPE' : error;
    }
  }
  onAccepted({ at, listener, socket, local, remote }: Event<'accepted'>): void {
    const owner = this.#table.byHandle(listener);
    if (!owner) {
      this.#table.command({ op: 'reset', socket });
      return;
    }
    const entry = this.#table.createAccepted(owner, socket);
    entry.step('passive OPEN', 'rcv SYN', 'rcv ACK of SYN');
    entry.arrivedAt = at;
    entry.phase = 'connected';
    entry.local = `${local.host} ${local.port}`;
    entry.remote = `${remote.host} ${remote.port}`;
    owner.asked = Math.max(0, owner.asked - 1);
    owner.waiting = Math.max(0, owner.waiting - 1);
    owner.accepted.push(this.#table.assign(entry));
  }

  /** A sendto(2) that fails ends the gateway's socket; the kernel's would go on: another takes its place, on the same port. */
  #reopen(entry: SocketEntry, error: string): void {
    const fresh = this.#table.renew(entry);
    fresh.error = error;
    fresh.local = entry.local;
    fresh.remote = entry.remote;
    fresh.wildcard = entry.wildcard;
    for (const datagram of entry.datagrams) fresh.datagrams.push(datagram);
    const split = entry.local.lastIndexOf(' ');
    const [host, port] = [entry.local.slice(0, split), Number(entry.local.slice(split + 1))];
    this.#table.command({ op: 'open', socket: fresh.handle, kind: 'udp', host, port, options: fresh.options });
  }
  #fail(entry: SocketEntry, site: number, error: string, what: RecordedCall = {}): string {
    this.#table.recorder.record(entry, site, { ...what, error });
    return error;
  }
  #settled(outcome: string): number {
    return this.#table.waiters.settled(outcome);
  }
  #await(entry: SocketEntry, site: number, text: string, argument?: number): number {
    const waiter = this.#table.waiters.pending(site);
    this.#opening.set(entry.handle, { waiter, site, text, argument, called: this.#table.recorder.now() });
    return waiter;
  }
  #settle(entry: SocketEntry, error: string, at: Microseconds): void {
    const opening = this.#opening.get(entry.handle);
    if (!opening) return;
    this.#opening.delete(entry.handle);
    const { waiter, site, text, argument, called } = opening;
    this.#table.recorder.record(entry, site, { text, argument, error, called, at });
    this.#table.waiters.settle(waiter, error);
  }
  #connected(entry: SocketEntry, outcome: { readonly error?: string; readonly at?: Microseconds }): void {
    const connecting = this.#connecting.get(entry.handle);
    this.#connecting.delete(entry.handle);
    if (!connecting) return;
    const { site, called } = connecting;
    this.#table.recorder.record(entry, site, { text: endpointText(entry.remote), called, ...outcome });
  }
}

function wildcardOf({ family }: SocketEntry): string {
  return family === Family.Inet6 ? '::' : '0.0.0.0';
}
