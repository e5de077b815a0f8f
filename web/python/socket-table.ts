import { toSocketErrorCode } from '../../protocol/errors.ts';
import type { SocketOptions } from '../../protocol/messages.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Port } from '../../protocol/units.ts';
import { type CallLog, siteOf } from './call-log.ts';
import type { GatewayCommand, GatewayEvent, SocketHandle } from './gateway-port.ts';
import { Family, Kind, type Phase, Ready, SEND_BUFFER, SocketEntry } from './socket-entry.ts';
import type { Waiters } from './waiters.ts';

/** Given back by calls that Python makes: a value, or the name of an error. */
type Outcome<Value> = Value | string;

export type SocketTableOptions = {
  readonly waiters: Waiters;
  readonly calls: CallLog;
  readonly command: (command: GatewayCommand, transfer?: Transferable[]) => void;
};

const FIRST_DESCRIPTOR = 3;
const DATAGRAM_BYTES_MAX: ByteCount = 65_507;
const PREVIEW_BYTES: ByteCount = 64;

/**
 * The sockets of one Python process, as a kernel keeps them: descriptors, states, receive queues. No call here blocks;
 * waiting is Python's (shim/sockets.py). The gateway's sockets behind it are reached by commands, and tell by events.
 */
export class SocketTable {
  readonly #options: SocketTableOptions;
  readonly #descriptors = new Map<number, SocketEntry>();
  readonly #byHandle = new Map<SocketHandle, SocketEntry>();
  readonly #opening = new Map<SocketHandle, number>();
  readonly #questions = new Map<number, number>();
  readonly #offsets = new Map<SocketHandle, { sent: ByteCount; received: ByteCount }>();
  #nextHandle = 1;
  #nextQuestion = 1;

  constructor(options: SocketTableOptions) {
    this.#options = options;
  }

  isReady(fd: number, events: number): boolean {
    return this.ready(fd, events) !== 0;
  }
  /** Which of the events hold now; errors are told whether asked for or not. */
  ready(fd: number, events: number): number {
    const entry = this.#descriptors.get(fd);
    return entry ? entry.ready() & (events | Ready.Err | Ready.Hup) : Ready.Invalid;
  }

  // Making and closing

  socket(family: number, kind: number, site: number): number {
    const entry = this.#create(family, kind, this.#takeHandle());
    this.#log(entry, site);
    return this.#assign(entry);
  }
  socketPair(family: number, kind: number): [number, number] {
    const first = this.#create(family, kind, this.#takeHandle());
    const second = this.#create(family, kind, this.#takeHandle());
    first.twin = second;
    second.twin = first;
    for (const entry of [first, second]) entry.phase = 'connected';
    return [this.#assign(first), this.#assign(second)];
  }
  describe(fd: number): SocketEntry | undefined {
    return this.#descriptors.get(fd);
  }
  dup(fd: number): Outcome<number> {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    entry.descriptors += 1;
    return this.#assign(entry);
  }
  close(fd: number, site: number): void {
    const entry = this.#descriptors.get(fd);
    if (!entry) return;
    this.#descriptors.delete(fd);
    entry.descriptors -= 1;
    if (entry.descriptors === 0) {
      this.#log(entry, site);
      this.#release(entry);
    }
    this.#options.waiters.recheck();
  }

  // Addresses and connections; each returns a waiter's number, whose result is '' or an error's name

  bind(fd: number, host: string, port: Port, site: number): number {
    const entry = this.#descriptors.get(fd);
    if (!entry) return this.#settled('EBADF');
    if (entry.phase !== 'new' || entry.local) return this.#settled('EINVAL');
    const address = host || (entry.family === Family.Inet6 ? '::' : '0.0.0.0');
    entry.wildcard = address === '::' || address === '0.0.0.0' ? address : '';
    const { handle, options } = entry;
    const kind = entry.isStream ? 'bound' : 'udp';
    this.#options.command({ op: 'open', socket: handle, kind, host: address, port, options });
    return this.#await(entry, site, endpointText(address, port));
  }
  listen(fd: number, backlog: number, site: number): number {
    const entry = this.#descriptors.get(fd);
    if (!entry) return this.#settled('EBADF');
    if (!entry.isStream) return this.#settled('EOPNOTSUPP');
    if (entry.phase === 'listening') return this.#settled('');
    const { handle: socket, options } = entry;
    if (entry.phase === 'bound') this.#options.command({ op: 'listen', socket, backlog });
    else if (entry.phase === 'new') {
      const host = entry.family === Family.Inet6 ? '::' : '0.0.0.0';
      entry.wildcard = host;
      this.#options.command({ op: 'open', socket, kind: 'listen', host, port: 0, backlog, options });
    } else return this.#settled('EINVAL');
    return this.#await(entry, site, '', backlog);
  }
  /** '' where it is done at once, EINPROGRESS where readiness to write will tell, else the error. */
  connect(fd: number, host: string, port: Port, site: number): string {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) {
      entry.remote = `${host} ${port}`;
      this.#log(entry, site, { text: endpointText(host, port) });
      return '';
    }
    if (entry.phase === 'connected' || entry.phase === 'listening') return 'EISCONN';
    if (entry.phase === 'connecting') return 'EALREADY';
    const open = entry.phase === 'failed' ? this.#renew(entry) : entry;
    const { handle: socket, options } = open;
    if (open.phase === 'bound') this.#options.command({ op: 'connect', socket, host, port });
    else {
      const kind = open.family === Family.Unix ? 'unix' : 'tcp';
      this.#options.command({ op: 'open', socket, kind, host, port, options });
    }
    open.phase = 'connecting';
    open.remote = `${host} ${port}`;
    this.#connecting.set(socket, site);
    return 'EINPROGRESS';
  }
  readonly #connecting = new Map<SocketHandle, number>();

  /** A descriptor; EAGAIN where nobody waits; WAITING where somebody does and has been asked for. */
  accept(fd: number, site: number): Outcome<number> {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return 'EOPNOTSUPP';
    if (entry.phase !== 'listening') return 'EINVAL';
    const accepted = entry.accepted.shift();
    if (accepted !== undefined) {
      const remote = this.#descriptors.get(accepted)?.remote ?? '';
      this.#log(entry, site, { text: spacedText(remote), remote });
      return accepted;
    }
    if (entry.waiting > entry.asked) {
      entry.asked += 1;
      this.#options.command({ op: 'accept', socket: entry.handle });
    }
    return entry.asked > 0 ? 'WAITING' : 'EAGAIN';
  }
  /** The peer that was asked for has not come in time; when it does, it will be there for the next accept. */
  missed(fd: number): void {
    const entry = this.#descriptors.get(fd);
    if (entry) entry.waiting = 0;
  }

  // Bytes

  /** Bytes; 0: the peer has ended its stream. */
  receive(fd: number, size: ByteCount, isPeek: boolean, site: number): Outcome<Uint8Array<ArrayBuffer> | 0> {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#receiveDatagram(entry, size, isPeek, site);
    if (entry.phase === 'connecting') return 'EAGAIN';
    if (entry.phase !== 'connected') return 'ENOTCONN';
    if (entry.receivedBytes > 0) {
      const bytes = entry.take(size, isPeek);
      if (!isPeek) this.#consumed(entry, bytes.length);
      this.#log(entry, site, { argument: size, bytes });
      return bytes;
    }
    if (entry.isReceiveEnded) {
      this.#log(entry, site, { argument: size });
      return 0;
    }
    if (entry.error) return this.#fail(entry, site, takeError(entry));
    return entry.isOver ? 0 : 'EAGAIN';
  }
  send(fd: number, bytes: Uint8Array<ArrayBuffer>, site: number): Outcome<number> {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#sendDatagram(entry, bytes, entry.remote, site);
    if (entry.error) return this.#fail(entry, site, takeError(entry));
    if (entry.phase === 'connecting') return 'EAGAIN';
    if (entry.phase !== 'connected' || entry.isSendEnded || entry.isOver) return this.#fail(entry, site, 'EPIPE');
    if (entry.twin) return this.#sendToTwin(entry.twin, bytes);
    const count = Math.min(bytes.length, entry.sendRoom);
    if (count === 0 && bytes.length > 0) return 'EAGAIN';
    const sent = count === bytes.length ? bytes : bytes.slice(0, count);
    this.#log(entry, site, { bytes: sent });
    entry.sendRoom -= count;
    if (count > 0) this.#options.command({ op: 'send', socket: entry.handle, bytes: sent }, [sent.buffer]);
    return count;
  }
  sendTo(fd: number, bytes: Uint8Array<ArrayBuffer>, host: string, port: Port, site: number): Outcome<number> {
    const entry = this.#descriptors.get(fd);
    return entry ? this.#sendDatagram(entry, bytes, `${host} ${port}`, site) : 'EBADF';
  }
  shutdown(fd: number, how: number, site: number): string {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (how < 0 || how > 2) return 'EINVAL';
    if (entry.phase !== 'connected' && !(entry.remote && !entry.isStream)) return 'ENOTCONN';
    if (how !== 1) {
      entry.isReceiveEnded = true;
      this.#consumed(entry, entry.discardReceived());
    }
    if (how !== 0 && !entry.isSendEnded) {
      entry.isSendEnded = true;
      if (entry.twin) entry.twin.isReceiveEnded = true;
      else if (!entry.isOver) this.#options.command({ op: 'shutdown', socket: entry.handle });
    }
    this.#log(entry, site, { text: ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'][how] as string });
    this.#options.waiters.recheck();
    return '';
  }
  takeError(fd: number): string {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    if (entry.phase === 'failed') {
      const { error } = entry;
      this.#renew(entry);
      return error;
    }
    return takeError(entry);
  }
  setOption(fd: number, name: keyof SocketOptions, value: number, site: number): void {
    const entry = this.#descriptors.get(fd);
    if (!entry) return;
    const isCount = name === 'sendBuffer' || name === 'receiveBuffer';
    const options: SocketOptions = { [name]: isCount ? value : value !== 0 };
    entry.options = { ...entry.options, ...options };
    this.#log(entry, site, { text: name });
    if (entry.phase !== 'new' && !entry.twin && !entry.isOver) {
      this.#options.command({ op: 'setOption', socket: entry.handle, options });
    }
  }

  // Names; the waiter's result is `address address …`, the name, or `!CODE`

  resolve(host: string, family: 0 | 4 | 6, site: number): number {
    const { question, waiter } = this.#ask(site);
    this.#options.command({ op: 'resolve', question, host, family });
    return waiter;
  }
  reverse(host: string, site: number): number {
    const { question, waiter } = this.#ask(site);
    this.#options.command({ op: 'reverse', question, host });
    return waiter;
  }

  // What the gateway tells

  onEvent(event: GatewayEvent): void {
    if (event.on === 'answer') {
      const waiter = this.#questions.get(event.question);
      this.#questions.delete(event.question);
      if (waiter !== undefined) this.#options.waiters.settle(waiter, event.answer);
      return;
    }
    if (event.on === 'accepted') this.#onAccepted(event);
    else {
      const entry = this.#byHandle.get(event.socket);
      if (entry) this.#onSocketEvent(entry, event);
    }
    this.#options.waiters.recheck();
  }

  #onSocketEvent(entry: SocketEntry, event: Exclude<GatewayEvent, { on: 'answer' | 'accepted' }>): void {
    switch (event.on) {
      case 'opened':
        this.#onOpened(entry, event);
        break;
      case 'data':
        entry.receive(event.bytes);
        break;
      case 'sent':
        entry.sendRoom += event.count;
        break;
      case 'datagram': {
        const sender = `${event.host} ${event.port}`;
        // A connected datagram socket hears its peer alone.
        if (!entry.remote || entry.remote === sender) entry.datagrams.push({ bytes: event.bytes, sender });
        break;
      }
      case 'fin':
        entry.isReceiveEnded = true;
        break;
      case 'pending':
        entry.waiting = event.waiting;
        break;
      case 'reset':
        this.#onReset(entry, event.text ? `${event.code} ${event.text}` : event.code);
        break;
    }
  }
  #onOpened(entry: SocketEntry, { local, remote }: Extract<GatewayEvent, { on: 'opened' }>): void {
    entry.local = `${entry.wildcard || local.host} ${local.port}`;
    if (remote && entry.isStream) {
      entry.local = `${local.host} ${local.port}`;
      entry.remote = `${remote.host} ${remote.port}`;
      entry.phase = 'connected';
      this.#log(entry, this.#takeConnecting(entry), { text: spacedText(entry.remote) });
      return;
    }
    if (entry.isStream) entry.phase = this.#isListening(entry) ? 'listening' : 'bound';
    this.#opened(entry, '');
  }
  #isListening(entry: SocketEntry): boolean {
    return this.#listening.delete(entry.handle);
  }
  readonly #listening = new Set<SocketHandle>();

  #onReset(entry: SocketEntry, error: string): void {
    entry.isOver = true;
    if (this.#opening.has(entry.handle)) {
      this.#listening.delete(entry.handle);
      this.#opened(entry, error);
      this.#renew(entry);
    } else if (entry.phase === 'connecting') {
      entry.phase = 'failed';
      entry.error = error;
      this.#log(entry, this.#takeConnecting(entry), { text: spacedText(entry.remote), error });
    } else {
      // tcp_reset of Linux: after the peer's FIN it is a broken pipe, and end of file for those who read.
      entry.error = entry.isReceiveEnded && error === 'ECONNRESET' ? 'EPIPE' : error;
    }
  }
  #onAccepted({ listener, socket, local, remote }: Extract<GatewayEvent, { on: 'accepted' }>): void {
    const owner = this.#byHandle.get(listener);
    if (!owner) {
      this.#options.command({ op: 'reset', socket });
      return;
    }
    const entry = this.#create(owner.family, Kind.Stream, socket);
    entry.phase = 'connected';
    entry.local = `${local.host} ${local.port}`;
    entry.remote = `${remote.host} ${remote.port}`;
    owner.asked = Math.max(0, owner.asked - 1);
    owner.waiting = Math.max(0, owner.waiting - 1);
    owner.accepted.push(this.#assign(entry));
  }

  // Within

  #create(family: number, kind: number, handle: SocketHandle): SocketEntry {
    const entry = new SocketEntry(family, kind, handle);
    this.#byHandle.set(handle, entry);
    this.#offsets.set(handle, { sent: 0, received: 0 });
    return entry;
  }
  #takeHandle(): SocketHandle {
    const handle = this.#nextHandle;
    this.#nextHandle += 1;
    return handle;
  }
  /** The lowest free descriptor, as POSIX has it. */
  #assign(entry: SocketEntry): number {
    let fd = FIRST_DESCRIPTOR;
    while (this.#descriptors.has(fd)) fd += 1;
    this.#descriptors.set(fd, entry);
    return fd;
  }
  #ask(site: number): { question: number; waiter: number } {
    const question = this.#nextQuestion;
    this.#nextQuestion += 1;
    const waiter = this.#options.waiters.pending(site);
    this.#questions.set(question, waiter);
    return { question, waiter };
  }
  #settled(outcome: string): number {
    return this.#options.waiters.settled(outcome);
  }
  /** Waits for OPENED of a bind or listen. */
  #await(entry: SocketEntry, site: number, text: string, argument?: number): number {
    const waiter = this.#options.waiters.pending(site);
    this.#opening.set(entry.handle, waiter);
    this.#openings.set(entry.handle, { site, text, argument });
    if (siteOf(site).call === 'listen') this.#listening.add(entry.handle);
    return waiter;
  }
  readonly #openings = new Map<SocketHandle, { site: number; text: string; argument: number | undefined }>();

  #opened(entry: SocketEntry, error: string): void {
    const waiter = this.#opening.get(entry.handle);
    const opening = this.#openings.get(entry.handle);
    this.#opening.delete(entry.handle);
    this.#openings.delete(entry.handle);
    if (waiter === undefined || !opening) return;
    this.#log(entry, opening.site, { text: opening.text, argument: opening.argument, error });
    this.#options.waiters.settle(waiter, error);
  }
  #takeConnecting(entry: SocketEntry): number {
    const site = this.#connecting.get(entry.handle) ?? 0;
    this.#connecting.delete(entry.handle);
    return site;
  }
  /** A failed socket may be used again, as on Linux: behind it stands a new one of the gateway. */
  #renew(entry: SocketEntry): SocketEntry {
    const fresh = new SocketEntry(entry.family, entry.kind, this.#takeHandle());
    fresh.options = entry.options;
    fresh.descriptors = entry.descriptors;
    this.#byHandle.delete(entry.handle);
    this.#byHandle.set(fresh.handle, fresh);
    this.#offsets.set(fresh.handle, { sent: 0, received: 0 });
    for (const [fd, known] of this.#descriptors) if (known === entry) this.#descriptors.set(fd, fresh);
    return fresh;
  }
  #release(entry: SocketEntry): void {
    const { handle: socket, phase } = entry;
    this.#byHandle.delete(socket);
    this.#offsets.delete(socket);
    if (entry.twin) {
      entry.isOver = true;
      entry.twin.isReceiveEnded = true;
      if (entry.receivedBytes > 0) entry.twin.error = 'ECONNRESET';
      return;
    }
    for (const fd of entry.accepted) {
      const accepted = this.#descriptors.get(fd);
      this.#descriptors.delete(fd);
      if (!accepted) continue;
      this.#byHandle.delete(accepted.handle);
      this.#options.command({ op: 'reset', socket: accepted.handle });
    }
    if (entry.isOver || phase === 'failed' || (phase === 'new' && !entry.local)) return;
    const isReset = entry.isStream && (entry.receivedBytes > 0 || entry.options.lingerZero === true);
    this.#options.command({ op: isReset ? 'reset' : 'close', socket });
  }
  #consumed(entry: SocketEntry, count: ByteCount): void {
    if (entry.twin) this.#options.waiters.recheck();
    else if (count > 0 && !entry.isOver) this.#options.command({ op: 'consume', socket: entry.handle, count });
  }

  #receiveDatagram(
    entry: SocketEntry,
    size: ByteCount,
    isPeek: boolean,
    site: number,
  ): Outcome<Uint8Array<ArrayBuffer> | 0> {
    const datagram = isPeek ? entry.datagrams[0] : entry.datagrams.shift();
    if (!datagram) {
      if (entry.error) return this.#fail(entry, site, takeError(entry));
      return entry.twin?.isOver ? 0 : 'EAGAIN';
    }
    entry.lastSender = datagram.sender;
    const bytes = datagram.bytes.subarray(0, size);
    this.#log(entry, site, { argument: size, bytes, text: spacedText(datagram.sender) });
    return bytes;
  }
  #sendDatagram(entry: SocketEntry, bytes: Uint8Array<ArrayBuffer>, to: string, site: number): Outcome<number> {
    if (entry.twin) {
      entry.twin.datagrams.push({ bytes, sender: '' });
      this.#options.waiters.recheck();
      return bytes.length;
    }
    if (entry.error) return this.#fail(entry, site, takeError(entry));
    if (!to) return this.#fail(entry, site, 'EDESTADDRREQ');
    if (bytes.length > DATAGRAM_BYTES_MAX) return this.#fail(entry, site, 'EMSGSIZE');
    const split = to.lastIndexOf(' ');
    const host = to.slice(0, split);
    const port = Number(to.slice(split + 1));
    this.#log(entry, site, { bytes, text: endpointText(host, port) });
    if (!entry.local && !this.#opening.has(entry.handle)) this.#openForSending(entry);
    const { length } = bytes;
    this.#options.command({ op: 'sendTo', socket: entry.handle, host, port, bytes }, [bytes.buffer]);
    return length;
  }
  /** send(2) on a connected datagram socket that was never bound: the kernel binds it. */
  #openForSending(entry: SocketEntry): void {
    const host = entry.family === Family.Inet6 ? '::' : '0.0.0.0';
    this.#options.command({ op: 'open', socket: entry.handle, kind: 'udp', host, port: 0, options: entry.options });
    entry.local = `${host} 0`;
  }
  #sendToTwin(twin: SocketEntry, bytes: Uint8Array<ArrayBuffer>): Outcome<number> {
    if (twin.isOver) return 'EPIPE';
    const count = Math.min(bytes.length, SEND_BUFFER - twin.receivedBytes);
    if (count <= 0 && bytes.length > 0) return 'EAGAIN';
    twin.receive(bytes.slice(0, count));
    this.#options.waiters.recheck();
    return count;
  }

  #fail(entry: SocketEntry, site: number, error: string): string {
    this.#log(entry, site, { error });
    return error;
  }
  #log(
    entry: SocketEntry,
    site: number,
    what: {
      readonly text?: string;
      readonly argument?: number | undefined;
      readonly bytes?: Uint8Array<ArrayBuffer>;
      readonly error?: string;
      readonly remote?: string;
    } = {},
  ): void {
    // No line: the standard library's own doing; a pair within the process is no connection to look at.
    if (site < 32 || entry.twin) return;
    const { line, call } = siteOf(site);
    const { text = '', argument, bytes, error } = what;
    const offsets = this.#offsets.get(entry.handle);
    const isSent = call === 'send' || call === 'sendto';
    const count = bytes?.length ?? 0;
    let offset = 0;
    if (offsets && bytes) {
      offset = isSent ? offsets.sent : offsets.received;
      if (isSent) offsets.sent += count;
      else offsets.received += count;
    }
    this.#options.calls.add({
      line,
      call,
      at: performance.timeOrigin + performance.now(),
      socket: entry.handle,
      argument,
      count,
      offset,
      text,
      error: error ? toSocketErrorCode(error.split(' ')[0]) : undefined,
      preview: bytes?.slice(0, PREVIEW_BYTES),
      local: spacedText(entry.local),
      remote: spacedText(what.remote ?? entry.remote),
    });
  }
}

function takeError(entry: SocketEntry): string {
  const { error } = entry;
  entry.error = '';
  return error;
}
/** `host port` as a person reads it. */
function spacedText(endpoint: string): string {
  const split = endpoint.lastIndexOf(' ');
  return split < 0 ? '' : endpointText(endpoint.slice(0, split), Number(endpoint.slice(split + 1)));
}
function endpointText(host: string, port: Port): string {
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}

export type { Phase };
