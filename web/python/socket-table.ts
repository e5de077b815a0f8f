import type { CallRecorder } from './call-recorder.ts';
import { NO_SITE } from './call-sites.ts';
import type { GatewayCommand, SocketHandle } from './gateway-port.ts';
import { Ready, SocketEntry } from './socket-entry.ts';
import type { SocketLog } from './socket-log.ts';
import type { Waiters } from './waiters.ts';

/** Given back by calls that Python makes: a value, or the name of an error. */
export type Outcome<Value> = Value | string;

export type SocketTableOptions = {
  readonly waiters: Waiters;
  readonly recorder: CallRecorder;
  readonly command: (command: GatewayCommand) => void;
};

const FIRST_DESCRIPTOR = 3;
/** How many sockets are remembered for what their peers still call. */
const LOGS_MAX = 4_096;
const FAMILY_NAMES = { 1: 'AF_UNIX', 2: 'AF_INET', 10: 'AF_INET6' } as const;

/**
 * The descriptors of one Python process and the sockets behind them, as a kernel keeps them. What they do stands in
 * connections.ts and byte-transfer.ts; no call there blocks: waiting is Python's (shim/sockets.py).
 */
export class SocketTable {
  readonly waiters: Waiters;
  readonly recorder: CallRecorder;
  readonly command: SocketTableOptions['command'];
  readonly #descriptors = new Map<number, SocketEntry>();
  readonly #byHandle = new Map<SocketHandle, SocketEntry>();
  /** Of the gateway's sockets: what a lab server calls is told after the end of ours too. */
  readonly #logs = new Map<SocketHandle, SocketLog>();
  #nextHandle = 1;

  constructor({ waiters, recorder, command }: SocketTableOptions) {
    this.waiters = waiters;
    this.recorder = recorder;
    this.command = command;
  }

  get openCount(): number {
    return this.#byHandle.size;
  }
  get(fd: number): SocketEntry | undefined {
    return this.#descriptors.get(fd);
  }
  byHandle(handle: SocketHandle): SocketEntry | undefined {
    return this.#byHandle.get(handle);
  }
  logOf(handle: SocketHandle): SocketLog | undefined {
    return this.#logs.get(handle);
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
    this.#descriptors.set(to, entry);
    return to;
  }
  /** '' or EBADF. */
  close(fd: number, site: number): string {
    const entry = this.#descriptors.get(fd);
    if (!entry) return 'EBADF';
    this.#descriptors.delete(fd);
    entry.descriptors -= 1;
    if (entry.descriptors > 0) return '';
    this.recorder.finishSend(entry);
    if (entry.log) entry.log.isClosed = true;
    this.recorder.record(entry, site);
    this.#release(entry);
    this.waiters.recheck();
    return '';
  }

  /** A socket of which the gateway knows nothing yet, or with a handle one that it has accepted. */
  create(family: number, kind: number, handle: SocketHandle = this.#takeHandle()): SocketEntry {
    const entry = new SocketEntry(family, kind, handle);
    this.#byHandle.set(handle, entry);
    return entry;
  }
  /** A connection that a listener of the process accepted. */
  createAccepted(owner: SocketEntry, handle: SocketHandle): SocketEntry {
    const entry = this.create(owner.family, owner.kind, handle);
    this.#log(entry, this.recorder.open(entry, true));
    return entry;
  }
  /** The lowest free descriptor, as POSIX has it. */
  assign(entry: SocketEntry): number {
    let fd = FIRST_DESCRIPTOR;
    while (this.#descriptors.has(fd)) fd += 1;
    this.#descriptors.set(fd, entry);
    return fd;
  }
  /** A failed socket may be used again, as on Linux: behind it stands a new one of the gateway. */
  renew(entry: SocketEntry): SocketEntry {
    const fresh = this.create(entry.family, entry.kind);
    fresh.options = entry.options;
    if (entry.log) this.#log(fresh, entry.log);
    fresh.descriptors = entry.descriptors;
    this.#byHandle.delete(entry.handle);
    for (const [fd, known] of this.#descriptors) if (known === entry) this.#descriptors.set(fd, fresh);
    return fresh;
  }
  /** Bytes that were read and not told: before the process ends, so that what is left unread is known exactly. */
  report(): void {
    for (const entry of this.#byHandle.values()) {
      this.recorder.finishSend(entry);
      this.reportRead(entry);
    }
  }
  reportRead(entry: SocketEntry): void {
    if (entry.unreported > 0 && !entry.isOver) {
      this.command({ op: 'consume', socket: entry.handle, count: entry.unreported });
    }
    entry.unreported = 0;
  }

  #log(entry: SocketEntry, log: SocketLog): void {
    entry.log = log;
    log.entry = entry;
    this.#logs.set(entry.handle, log);
    if (this.#logs.size > LOGS_MAX) this.#logs.delete(this.#logs.keys().next().value as SocketHandle);
  }
  #takeHandle(): SocketHandle {
    const handle = this.#nextHandle;
    this.#nextHandle += 1;
    return handle;
  }

  #release(entry: SocketEntry): void {
    const { handle: socket, phase, twin } = entry;
    this.#byHandle.delete(socket);
    if (twin) {
      entry.isOver = true;
      twin.isReceiveEnded = true;
      twin.isSendEnded = true;
      if (entry.receivedBytes > 0) twin.error = 'ECONNRESET';
      return;
    }
    for (const fd of entry.accepted) {
      const accepted = this.#descriptors.get(fd);
      this.#descriptors.delete(fd);
      if (!accepted) continue;
      this.#byHandle.delete(accepted.handle);
      this.command({ op: 'reset', socket: accepted.handle });
    }
    if (entry.isOver || phase === 'failed' || (phase === 'new' && !entry.local)) return;
    // close(2) of Linux: what was not read is lost, and the peer is told by RST.
    const isReset = entry.isStream && (entry.receivedBytes > 0 || entry.options.lingerZero === true);
    this.command({ op: isReset ? 'reset' : 'close', socket });
  }
}
