import type { ClientStream } from '../../../client/stream.ts';
import { toSocketErrorCode } from '../../../protocol/errors.ts';
import type { CallResult } from '../../../protocol/messages/calls.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Trouble } from '../../../protocol/messages/options.ts';
import { type Accepted, codeOf, type Open, type Opened } from '../../../protocol/messages/socket.ts';
import type { Microseconds, Port } from '../../../protocol/units.ts';
import { endpointText } from './endpoints.ts';
import { isBinding, openOf, wildcardOf } from './open-of.ts';
import { Openings } from './openings.ts';
import { Family, type SocketEntry } from './socket-entry.ts';
import { createSocketHandler } from './socket-handler.ts';
import type { Outcome, SocketTable } from './socket-table.ts';

/** bind, listen, connect and accept, and what the gateway tells of them. */
export class Connections {
  readonly #table: SocketTable;
  readonly #openings: Openings;
  /** What the proxy does that the gateway puts before each target; undefined: it puts none there. */
  #trouble: Trouble | undefined;

  constructor(table: SocketTable) {
    this.#table = table;
    this.#openings = new Openings(table);
  }

  /** For connections to come; those that go through a proxy have the new trouble at once, and none where there is none any more. */
  setTrouble(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    for (const { stream, isTroubled, isOver } of this.#table.entries()) {
      if (isTroubled && !isOver) void stream?.call({ call: 'setsockopt', options: { trouble: trouble ?? {} } });
    }
    this.#table.gateway.flush();
  }

  /** A waiter whose result is '' or an error's name. No host: any. */
  bind(fd: number, host: string, port: Port, site: number, isMain = false): number {
    const entry = this.#table.get(fd);
    if (!entry) return this.#openings.settled('EBADF');
    const address = { host: host || wildcardOf(entry), port };
    const text = endpointText(address);
    if (entry.phase !== 'new' || entry.local)
      return this.#openings.settled(this.#openings.fail(entry, site, 'EINVAL', { text }));
    entry.wildcard = address.host === wildcardOf(entry) ? address.host : '';
    const waiter = this.#openings.begin(entry, { call: 'bind', site, text }, isMain);
    this.#open(entry, entry.isStream ? 'bound' : 'udp', address);
    return waiter;
  }
  /** send(2) on a datagram socket that was never bound: the kernel binds it. */
  bindForSending(entry: SocketEntry): void {
    const address = { host: wildcardOf(entry), port: 0 };
    entry.wildcard = address.host;
    entry.local = address;
    this.#open(entry, 'udp', address);
  }
  /** A waiter whose result is '' or an error's name. */
  listen(fd: number, backlog: number, site: number, isMain = false): number {
    const entry = this.#table.get(fd);
    if (!entry) return this.#openings.settled('EBADF');
    const what = { argument: backlog };
    if (!entry.isStream) return this.#openings.settled(this.#openings.fail(entry, site, 'EOPNOTSUPP', what));
    if (entry.phase === 'listening') {
      this.#table.recorder.record(entry, site, what);
      return this.#openings.settled('');
    }
    if (entry.phase !== 'bound' && entry.phase !== 'new')
      return this.#openings.settled(this.#openings.fail(entry, site, 'EINVAL', what));
    entry.backlog = backlog;
    const waiter = this.#openings.begin(entry, { call: 'listen', site, text: '', ...what }, isMain);
    if (entry.phase === 'bound') this.#call(entry, { call: 'listen', backlog });
    else {
      entry.wildcard = wildcardOf(entry);
      this.#open(entry, 'listen', { host: entry.wildcard, port: 0 }, backlog);
    }
    return waiter;
  }
  /** shutdown(2) of a listener, tcp_disconnect of Linux: those who wait are reset, and accept is told EINVAL. */
  stopListening(entry: SocketEntry): void {
    const { closing, gateway } = this.#table;
    this.#table.dropAccepted(entry);
    if (entry.stream) closing.end(entry.stream, false);
    entry.stream = undefined;
    entry.phase = 'new';
    entry.isListenEnded = true;
    entry.waiting = 0;
    entry.asked = 0;
    gateway.flush();
  }
  /** '' where it is done at once, EINPROGRESS where readiness to write will tell, else the error. */
  connect(fd: number, host: string, port: Port, site: number): string {
    const known = this.#table.get(fd);
    if (!known) return 'EBADF';
    const remote = { host, port };
    const what = { text: endpointText(remote) };
    if (!known.isStream) return this.#connectDatagrams(known, remote, site);
    if (known.phase === 'connected' && known.isConnectUntold && !known.isOver) {
      known.isConnectUntold = false;
      this.#table.recorder.record(known, site, what);
      return '';
    }
    if (known.phase === 'connected' || known.phase === 'listening')
      return this.#openings.fail(known, site, 'EISCONN', what);
    if (known.phase === 'connecting') return this.#openings.fail(known, site, 'EALREADY', what);
    if (port === 0 && known.family !== Family.Unix) return this.#openings.fail(known, site, 'ECONNREFUSED', what);
    const entry = known.phase === 'failed' ? this.#table.renew(known) : known;
    const isBound = entry.phase === 'bound';
    entry.phase = 'connecting';
    entry.remote = remote;
    entry.step('active OPEN');
    entry.isConnectUntold = true;
    entry.opening = { call: 'connect', site, ...what, called: this.#table.recorder.now() };
    if (isBound) this.#call(entry, { call: 'connect', ...remote });
    else this.#open(entry, entry.streamKind, remote);
    return 'EINPROGRESS';
  }
  /** A descriptor; EAGAIN where nobody waits; WAITING where somebody does and has been asked for. */
  accept(fd: number, site: number): Outcome<number> {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#openings.fail(entry, site, 'EOPNOTSUPP');
    if (entry.phase !== 'listening') return this.#openings.fail(entry, site, 'EINVAL');
    // What the gateway had of it is gone: nobody will come any more.
    if (entry.isOver && entry.accepted.length === 0) return this.#openings.fail(entry, site, 'ENETDOWN');
    const { recorder, gateway } = this.#table;
    const accepted = entry.accepted.shift();
    if (accepted !== undefined) {
      const taken = this.#table.get(accepted);
      const what = { text: endpointText(taken?.remote), at: taken?.arrivedAt };
      recorder.record(entry, site, what);
      if (taken) recorder.record(taken, site, what);
      return accepted;
    }
    if (entry.waiting > entry.asked) {
      entry.asked += 1;
      entry.stream?.accept();
      gateway.flush();
    }
    recorder.waits(entry, site);
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
    if (entry) this.#openings.returned(entry, 'ETIMEDOUT');
  }
  /** A blocking connect returns: no other call is told that it succeeded. */
  connectTold(fd: number): void {
    const entry = this.#table.get(fd);
    if (entry) entry.isConnectUntold = false;
  }

  // What follows is for the handler of the socket's stream.

  onOpened(entry: SocketEntry, { at, local, remote, proxy, onward, outside, lab }: Omit<Opened, 'called'>): void {
    entry.outside = outside ?? entry.outside;
    if (entry.log && lab !== undefined) entry.log.lab = lab;
    if (remote && entry.isStream) {
      entry.local = local;
      entry.remote = remote;
      entry.proxy = proxy;
      entry.onward = onward;
      entry.phase = 'connected';
      entry.step('rcv SYN-ACK');
    } else {
      entry.local = { host: entry.wildcard || local.host, port: local.port };
      const isListen = entry.opening?.call === 'listen';
      entry.phase = isListen ? 'listening' : 'bound';
      if (isListen) entry.step('passive OPEN');
    }
    this.#openings.returned(entry, '', at);
  }
  onReset(entry: SocketEntry, code: string, text: string, at: Microseconds): void {
    const error = text ? `${code} ${text}` : code;
    if (entry.log) entry.log.failure = { code: toSocketErrorCode(code), text, at };
    entry.isOver = true;
    entry.step('rcv RST');
    if (entry.phase === 'connecting') {
      entry.phase = 'failed';
      entry.error = error;
      this.#openings.returned(entry, error, at);
    } else if (entry.opening) {
      this.#openings.returned(entry, error, at);
      this.#table.renew(entry);
    } else if (!entry.isStream && entry.phase === 'bound') this.#reopen(entry, error);
    else {
      // tcp_reset of Linux: after the peer's FIN it is a broken pipe, and end of file for those who read.
      entry.error = entry.isReceiveEnded && error === 'ECONNRESET' ? 'EPIPE' : error;
    }
  }
  /** The socket of a connection that a listener accepted; none if the listener has been closed meanwhile. */
  onAccepted(owner: SocketEntry, stream: ClientStream, { at, local, remote }: Accepted): SocketEntry | undefined {
    if (!this.#table.has(owner)) {
      this.#table.closing.end(stream, true);
      return undefined;
    }
    const entry = this.#table.createAccepted(owner);
    entry.stream = stream;
    entry.step('passive OPEN', 'rcv SYN', 'rcv ACK of SYN');
    entry.arrivedAt = at;
    entry.phase = 'connected';
    entry.local = local;
    entry.remote = remote;
    owner.asked = Math.max(0, owner.asked - 1);
    owner.waiting = Math.max(0, owner.waiting - 1);
    owner.accepted.push(this.#table.assign(entry));
    return entry;
  }

  #open(entry: SocketEntry, kind: Open['kind'], { host, port }: Endpoint, backlog?: number, isAgain = false): void {
    const { gateway, recorder } = this.#table;
    const trouble = kind === 'tcp' ? this.#trouble : undefined;
    entry.isTroubled = trouble !== undefined;
    const asked = { at: recorder.now(), bindingTo: isBinding(kind) ? host : '', isAgain };
    const open = openOf(entry, kind, { host, port }, { backlog, trouble });
    entry.stream = gateway.open(open, createSocketHandler(entry, { table: this.#table, connections: this }, asked));
    gateway.flush();
  }
  /** listen or connect on a bound socket. */
  #call(entry: SocketEntry, call: Parameters<ClientStream['call']>[0]): void {
    const { recorder, gateway, time } = this.#table;
    const asked = recorder.now();
    void entry.stream?.call(call).then((result) => {
      time.reached(result.at, asked);
      this.#onResult(entry, result);
    });
    gateway.flush();
  }
  /** What became of a bound socket; that it is connected, OPENED has told already. */
  #onResult(entry: SocketEntry, { at, code, text = '', local, remote }: CallResult): void {
    const { closing, waiters, recorder } = this.#table;
    if (!this.#table.has(entry)) return;
    if (!entry.isStream) this.#openings.returned(entry, '', at);
    else if (code !== undefined) {
      if (entry.stream) closing.end(entry.stream, false);
      this.onReset(entry, codeOf({ code }), text, at);
    } else if (local && !remote) this.onOpened(entry, { at, local });
    recorder.touch(entry.log);
    waiters.recheck();
  }

  /** UDP's connect(2) succeeds always: whether somebody is there a later send or recv tells. It binds the socket, as send(2) does. */
  #connectDatagrams(entry: SocketEntry, remote: Endpoint, site: number): string {
    entry.remote = remote;
    if (!entry.local) this.bindForSending(entry);
    entry.opening = { call: 'connect', site, text: endpointText(remote), called: this.#table.recorder.now() };
    this.#call(entry, { call: 'connect', ...remote });
    return 'EINPROGRESS';
  }
  /** A sendto(2) that fails ends the gateway's socket; the kernel's would go on: another takes its place, on the same port. */
  #reopen(entry: SocketEntry, error: string): void {
    const fresh = this.#table.renew(entry);
    fresh.error = error;
    fresh.local = entry.local;
    fresh.remote = entry.remote;
    fresh.wildcard = entry.wildcard;
    for (const datagram of entry.datagrams) fresh.datagrams.push(datagram);
    this.#open(fresh, 'udp', entry.local ?? { host: wildcardOf(entry), port: 0 }, undefined, true);
    if (fresh.remote) this.#call(fresh, { call: 'connect', ...fresh.remote });
  }
}
