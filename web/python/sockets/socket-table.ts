import type { ServerTime } from '../../../trace/server-time.ts';
import { NO_SITE } from '../call-sites.ts';
import type { Numbers } from '../pyodide-internals.ts';
import type { Waiters } from '../waiters.ts';
import type { CallRecorder } from './call-recorder.ts';
import { ClosingStreams } from './closing-streams.ts';
import type { SocketGateway } from './program-stream.ts';
import { Ready, SocketEntry } from './socket-entry.ts';
import type { SocketLog } from './socket-log.ts';

/** Given back by calls that Python makes: a value, or the name of an error. */
export type Outcome<Value> = Value | string;

export type SocketTableOptions = {
  readonly waiters: Waiters;
  readonly recorder: CallRecorder;
  readonly gateway: SocketGateway;
  readonly time: ServerTime;
  /** The numbers of files, which no socket may have at the same time; undefined: there are none. */
  readonly numbers?: Numbers | undefined;
  /** The program sent on a connection whose peer has ended its side. */
  readonly onSentAfterEnd?: (entry: SocketEntry) => void;
};

const FIRST_DESCRIPTOR = 3;
/** Numbers of what calls hold: no program sees one. */
const FIRST_HELD = 1_000_000;
const FAMILY_NAMES = { 1: 'AF_UNIX', 2: 'AF_INET', 10: 'AF_INET6' } as const;

/**
 * The descriptors of one Python process and the sockets behind them, as a kernel keeps them. What they do stands in
 * connections.ts and byte-transfer.ts; no call there blocks: waiting is Python's (shim/sockets.py).
 */
export class SocketTable {
  readonly waiters: Waiters;
  readonly recorder: CallRecorder;
  readonly gateway: SocketGateway;
  readonly time: ServerTime;
  readonly closing = new ClosingStreams();
  numbers: Numbers | undefined;
  readonly onSentAfterEnd: (entry: SocketEntry) => void;
  readonly #descriptors = new Map<number, SocketEntry>();
  readonly #entries = new Set<SocketEntry>();
  /** Of the numbers that calls hold: the program's. */
  readonly #held = new Map<number, number>();

  constructor({ waiters, recorder, gateway, time, numbers, onSentAfterEnd }: SocketTableOptions) {
    this.onSentAfterEnd = onSentAfterEnd ?? (() => undefined);
    this.waiters = waiters;
    this.recorder = recorder;
    this.gateway = gateway;
    this.time = time;
    this.numbers = numbers;
  }

  get openCount(): number {
    return this.#entries.size;
  }
  get(fd: number): SocketEntry | undefined {
    return this.#descriptors.get(fd);
  }
  /** Every open descriptor, in the order of their numbers. */
  all(): readonly (readonly [fd: number, entry: SocketEntry])[] {
    return [...this.#descriptors].filter(([fd]) => fd < FIRST_HELD).toSorted(([one], [other]) => one - other);
  }
  /** Every open socket, under whatever numbers. */
  entries(): Iterable<SocketEntry> {
    return this.#entries;
  }
  /** It is open, and no other has taken its place. */
  has(entry: SocketEntry): boolean {
    return this.#entries.has(entry);
  }
  /** Which of the events hold now; errors are told whether asked for or not. */
  ready(fd: number, events: number): number {
    const entry = this.#descriptors.get(fd);
    return entry ? entry.ready() & (events | Ready.Err | Ready.Hup) : Ready.Invalid;
  }

  socket(family: number, kind: number, site: number): number {
    const entry = this.create(family, kind);
    if (site !== NO_SITE) this.#log(entry, this.recorder.open(entry, false));
    const name = FAMILY_NAMES[family as keyof typeof FAMILY_NAMES];
    this.recorder.record(entry, site, { text: `${name}, ${entry.isStream ? 'SOCK_STREAM' : 'SOCK_DGRAM'}` });
    return this.assign(entry);
  }
  socketPair(family: number, kind: number): [number, number] {
    const first = this.create(family, kind);
    const second = this.create(family, kind);
    first.twin = second;
    second.twin = first;
    first.phase = 'connected';
    second.phase = 'connected';
    return [this.assign(first), this.assign(second)];
  }
  /** dup(2), or with a free number to be given dup2(2). */
  dup(fd: number, to?: number): Outcome<number> {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    entry.descriptors += 1;
    if (to === undefined) return this.assign(entry);
    this.#set(to, entry);
    return to;
  }
  /** A number under which a call that blocks has the socket until it returns, whoever closes it meanwhile. Close it then. */
  hold(fd: number): number {
    const entry = this.#descriptors.get(fd);
    if (!entry) return fd;
    let held = FIRST_HELD;
    while (this.#descriptors.has(held)) held += 1;
    entry.descriptors += 1;
    this.#descriptors.set(held, entry);
    this.#held.set(held, fd);
    return held;
  }
  /** The number that the program has for what a call holds, or had. */
  shownNumber(fd: number): number {
    return this.#held.get(fd) ?? fd;
  }
  /** '' or EBADF. */
  close(fd: number, site: number): string {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    this.#delete(fd);
    entry.descriptors -= 1;
    if (entry.descriptors > 0) return '';
    this.recorder.finishSend(entry);
    if (entry.log) entry.log.isClosed = true;
    this.recorder.record(entry, site);
    this.#release(entry);
    this.waiters.recheck();
    return '';
  }

  /** A socket without a stream. */
  create(family: number, kind: number): SocketEntry {
    const entry = new SocketEntry(family, kind);
    this.#entries.add(entry);
    return entry;
  }
  /** A connection that a listener of the process accepted. */
  createAccepted(owner: SocketEntry): SocketEntry {
    const entry = this.create(owner.family, owner.kind);
    this.#log(entry, this.recorder.open(entry, true));
    return entry;
  }
  /** The lowest free descriptor, as POSIX has it. */
  assign(entry: SocketEntry): number {
    let fd = FIRST_DESCRIPTOR;
    while (this.#descriptors.has(fd) || this.numbers?.isFree(fd) === false) fd += 1;
    this.#set(fd, entry);
    return fd;
  }
  /** SO_ERROR: '' or the name of what went wrong, told once. */
  takeError(fd: number): string {
    const entry = this.get(fd);
    if (!entry) return 'EBADF';
    const error = entry.takeError();
    if (entry.phase === 'failed') this.renew(entry);
    return error;
  }
  /** A failed socket may be used again, as on Linux: behind it stands a new one of the gateway. */
  renew(entry: SocketEntry): SocketEntry {
    const fresh = this.create(entry.family, entry.kind);
    fresh.options = entry.options;
    if (entry.log) this.#log(fresh, entry.log);
    fresh.descriptors = entry.descriptors;
    this.#entries.delete(entry);
    for (const [fd, known] of this.#descriptors) if (known === entry) this.#descriptors.set(fd, fresh);
    return fresh;
  }
  /** The process is no more: as a kernel does, unread bytes make the close a reset. */
  end(): void {
    for (const entry of this.#entries) {
      this.recorder.finishSend(entry);
      if (entry.log) entry.log.isClosed = true;
      this.recorder.touch(entry.log);
      if (entry.stream) this.closing.end(entry.stream, isAborted(entry));
    }
    this.#entries.clear();
    this.gateway.flush();
  }

  #set(fd: number, entry: SocketEntry): void {
    if (fd < FIRST_HELD && !this.#descriptors.has(fd)) this.numbers?.take(fd);
    this.#descriptors.set(fd, entry);
  }
  #delete(fd: number): void {
    if (this.#descriptors.delete(fd) && fd < FIRST_HELD) this.numbers?.release(fd);
    this.#held.delete(fd);
  }
  #log(entry: SocketEntry, log: SocketLog): void {
    entry.log = log;
    log.entry = entry;
  }
  #release(entry: SocketEntry): void {
    const { stream, twin } = entry;
    this.#entries.delete(entry);
    if (twin) {
      entry.isOver = true;
      twin.isReceiveEnded = true;
      twin.isSendEnded = true;
      if (entry.receivedBytes > 0) twin.error = 'ECONNRESET';
      return;
    }
    this.dropAccepted(entry);
    if (stream) this.closing.end(stream, isAborted(entry));
    this.gateway.flush();
  }
  /** Connections that nobody has accepted are reset. */
  dropAccepted(entry: SocketEntry): void {
    for (const fd of entry.accepted.splice(0)) {
      const accepted = this.#descriptors.get(fd);
      this.#delete(fd);
      if (!accepted) continue;
      this.#entries.delete(accepted);
      if (accepted.stream) this.closing.end(accepted.stream, true);
    }
  }
}

/** close(2) of Linux: what was not read is lost, and the peer is told by RST. A connect under way is given up (RFC 9293 §3.10.4). */
function isAborted({ isStream, receivedBytes, options, phase }: SocketEntry): boolean {
  return isStream && (receivedBytes > 0 || options.lingerZero === true || phase === 'connecting');
}
