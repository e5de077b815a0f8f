import { type SocketErrorCode, toSocketErrorCode } from '../../../protocol/errors.ts';
import type { PeerEvent } from '../../../protocol/payloads.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../../protocol/units.ts';
import type { CallVariant, Direction } from '../../../trace/event.ts';
import type { ServerTime } from '../../../trace/server-time.ts';
import { siteOf } from '../call-sites.ts';
import type { SocketEntry } from './socket-entry.ts';
import { type CallMade, SocketLog, type SocketReport } from './socket-log.ts';

export type RecordedCall = {
  readonly text?: string;
  readonly argument?: number | undefined;
  /** What it moved. */
  readonly bytes?: Uint8Array;
  /** What it moved where the bytes themselves were told before. */
  readonly moved?: { readonly offset: ByteCount; readonly count: ByteCount };
  /** An error's name, a refusal's reason behind it. */
  readonly error?: string;
  readonly given?: ByteCount;
  /** How long the datagram was that recvfrom cut. */
  readonly whole?: ByteCount;
  readonly variant?: CallVariant;
  /** When the call was made; now, if it did not wait. */
  readonly called?: Milliseconds | undefined;
  /** When what it waited for came, by the server. A call that found it there has returned now. */
  readonly at?: Microseconds | undefined;
};

export type CallRecorderOptions = {
  readonly time: ServerTime;
  readonly now: () => Milliseconds;
  /** There is something to report again. */
  readonly onFirst: () => void;
};

/** No wrong order of two calls is as long. */
const CLOCK_ANEW: Microseconds = 1_000_000;

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  send: 'sent',
  sendto: 'sent',
  recv: 'received',
  recvfrom: 'received',
};

/** A name that a thread has looked up, for a socket that it calls next. */
type LookUp = { readonly site: number; readonly what: RecordedCall; readonly returned: Milliseconds };
/** Of one thread, which may look up names for no socket. */
const LOOK_UPS_KEPT = 4;
/** What a name is looked up for. */
const TO_ADDRESSES: ReadonlySet<string> = new Set(['socket', 'bind', 'connect', 'sendto']);
/** In place of a thread's number: the standard library looks up names in threads of its own, for another's socket. */
const LIBRARY = -1;

/** Writes down each call on a socket of the process, and what the lab servers at the other ends call. */
export class CallRecorder {
  readonly now: () => Milliseconds;
  readonly #options: CallRecorderOptions;
  /** With something to report, in the order in which it came. */
  readonly #touched = new Set<SocketLog>();
  /** Calls whose times are still on this clock, in the order in which they returned. */
  #made: {
    readonly call: CallMade;
    readonly returned: Milliseconds;
    readonly at: Microseconds | undefined;
    /** It is told late: others' calls have been told since that returned after it. */
    readonly isLate: boolean;
  }[] = [];
  #file = '';
  readonly #threads = new Map<number, string>();
  /** By thread. */
  readonly #lookUps = new Map<number, LookUp[]>();
  #next = 1;
  #latest: Microseconds = 0;

  constructor(options: CallRecorderOptions) {
    this.#options = options;
    this.now = options.now;
  }

  /** The program that runs. */
  setFile(file: string): void {
    this.#file = file;
  }
  nameThread(thread: number, name: string): void {
    this.#threads.set(thread, name);
  }
  /** Undefined: the main one. */
  nameOf(thread: number): string | undefined {
    return thread === 0 ? undefined : (this.#threads.get(thread) ?? `${thread}`);
  }
  /** The log of a new socket. */
  open(entry: SocketEntry, isAccepted: boolean): SocketLog {
    const log = new SocketLog(this.#next, entry, isAccepted);
    this.#next += 1;
    return log;
  }

  /** A call cannot go on yet. */
  waits({ log }: SocketEntry, site: number): void {
    if (site >= 0) log?.waits(site, this.now());
  }
  record({ log, twin }: SocketEntry, site: number, what: RecordedCall = {}): void {
    // A pair within the process is no connection to look at, nor is the shim's own doing.
    if (site < 0 || twin || !log) return;
    if (TO_ADDRESSES.has(siteOf(site).call)) this.#addLookUps(log, site);
    this.#write(log, site, what);
  }
  /** A name was looked up; `text`: it, and behind it its addresses. Told of the socket that the thread calls next. */
  lookedUp(site: number, what: RecordedCall): void {
    const { line, thread } = siteOf(site);
    const key = line > 0 ? thread : LIBRARY;
    const kept = [...(this.#lookUps.get(key) ?? []), { site, what, returned: this.now() }];
    this.#lookUps.set(key, kept.slice(-LOOK_UPS_KEPT));
  }
  /** What the thread of `site` has looked up is told of this socket. */
  tellLookUps({ log, twin }: SocketEntry, site: number): void {
    if (log && !twin) this.#addLookUps(log, site);
  }
  #addLookUps(log: SocketLog, at: number): void {
    const { call, thread } = siteOf(at);
    for (const key of call === 'socket' ? [thread, LIBRARY] : [thread]) {
      const found = this.#lookUps.get(key) ?? [];
      this.#lookUps.delete(key);
      for (const { site, what, returned } of found) this.#write(log, site, what, returned);
    }
  }
  /** `earlier`: when it returned, of a call that is told late. */
  #write(log: SocketLog, site: number, what: RecordedCall, earlier?: Milliseconds): void {
    const { line, call, thread: threadNumber } = siteOf(site);
    const thread = this.nameOf(threadNumber);
    const { text = '', argument, bytes, moved, error, given, whole, variant, at } = what;
    const called = what.called ?? log.ended(site);
    const returned = earlier ?? this.now();
    const name = call as CallMade['call'];
    const isPeek = variant === 'MSG_PEEK';
    const direction = (error === undefined || (moved?.count ?? 0) > 0) && !isPeek ? DIRECTIONS[call] : undefined;
    const offset = moved?.offset ?? (direction || isPeek ? log.offsets[DIRECTIONS[call] ?? 'received'] : 0);
    const made: CallMade = {
      at: 0,
      end: 'local',
      call: name,
      argument,
      direction,
      offset,
      count:
        moved?.count ?? Math.min(bytes?.length ?? 0, whole === undefined ? Number.POSITIVE_INFINITY : (argument ?? 0)),
      text,
      error: error ? codeOf(error) : undefined,
      took: called === undefined ? undefined : Math.round((returned - called) * 1_000),
      ...((line > 0 || thread !== undefined) && {
        site: { file: this.#file, line, ...(thread !== undefined && { thread }) },
      }),
      ...(given !== undefined && { given }),
      ...(whole !== undefined && { whole }),
      ...(variant && { variant }),
    };
    log.add(made);
    this.#made.push({ call: made, returned, at: called === undefined ? undefined : at, isLate: earlier !== undefined });
    if (direction && bytes && !moved) log.move(direction, bytes);
    this.touch(log);
  }
  /** A send returns, or fails with what was taken of it before. False: nothing was. */
  finishSend(entry: SocketEntry, error?: string): boolean {
    const { log } = entry;
    const sending = log?.sending;
    if (!log || !sending) return false;
    log.sending = undefined;
    const { site, given, isAll, offset, count } = sending;
    const failed = error === undefined ? {} : { error };
    this.record(entry, site, { moved: { offset, count }, given, ...(isAll && { variant: 'sendall' }), ...failed });
    return true;
  }
  /** The lab server at the other end made a call; this is told after the socket's own end too. */
  recordPeer(log: SocketLog | undefined, event: PeerEvent): void {
    if (!log) return;
    log.add(event);
    this.touch(log);
  }
  /** How the socket stands has changed. */
  touch(log: SocketLog | undefined): void {
    if (!log) return;
    if (this.#touched.size === 0) this.#options.onFirst();
    this.#touched.add(log);
  }

  get hasCalls(): boolean {
    return this.#touched.size > 0;
  }
  /** What was gathered since the last time. */
  take(): SocketReport[] {
    for (const { call, returned, at, isLate } of this.#made) {
      call.at = isLate ? this.#timeOf(returned) : this.#place(returned, at);
    }
    this.#made = [];
    const reports = [...this.#touched].map((log) => log.take());
    this.#touched.clear();
    return reports;
  }

  /**
   * As late as it can be: the clocks are known best then, and no send is told to be later than the frame in which the server
   * says that it has passed it on. One end's calls stand in the order in which they returned.
   */
  #place(returned: Milliseconds, at: Microseconds | undefined): Microseconds {
    const place = at ?? this.#timeOf(returned);
    // A server that starts again begins its clock anew.
    if (this.#latest - place < CLOCK_ANEW) this.#latest = Math.max(this.#latest, place);
    else this.#latest = place;
    return this.#latest;
  }
  #timeOf(returned: Milliseconds): Microseconds {
    const { time } = this.#options;
    return Math.round(time.isKnown ? time.at(returned) : (performance.timeOrigin + returned) * 1_000);
  }
}

function codeOf(error: string): SocketErrorCode {
  return toSocketErrorCode(error.split(' ')[0]);
}
