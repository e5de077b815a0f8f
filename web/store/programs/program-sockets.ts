import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Microseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import { TimeLine } from '../../../trace/time-line.ts';
import type { SocketReport } from '../../python/sockets/socket-log.ts';
import type { SocketsReport } from '../../python/worker-messages.ts';

/** A program that opens a socket for each of its questions may have had thousands: the oldest that are over go. */
const SOCKETS_KEPT = 1_000;
const NOWHERE: Endpoint = { host: '', port: 0 };

/** What a program that runs again had before is of an earlier run. */
export type ProgramSocket = { readonly trace: SocketTrace; readonly run: number };

/** One process of the program: its sockets by their numbers there. It may tell of their peers after its end. */
export type ProgramRun = { number: number; readonly sockets: Map<number, SocketTrace> };

/** The sockets of one program of the page, over all its runs, as its workers report them. */
export class ProgramSockets extends Observable {
  /** The page's: what programs and the page's own sockets go through stands on one. */
  readonly #line: TimeLine;
  #all: readonly ProgramSocket[] = [];
  #traces: readonly SocketTrace[] = [];
  #dropped = 0;
  #run = 0;
  #nextId = 1;
  #open = 0;
  #bound: Microseconds | undefined;

  constructor(line: TimeLine = new TimeLine()) {
    super();
    this.#line = line;
  }

  /** In the order in which the program opened them, all runs. */
  readonly traces = (): readonly SocketTrace[] => this.#traces;
  get all(): readonly ProgramSocket[] {
    return this.#all;
  }
  /** How many sockets were before these and are no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }
  /** How many the program has open. */
  get open(): number {
    return this.#open;
  }
  /** How wrong the times of its calls can be; undefined while that is not known. What a frame brought is exact. */
  get bound(): Microseconds | undefined {
    return this.#bound;
  }

  /** The program runs once more. */
  begin(run: ProgramRun): void {
    this.#run += 1;
    this.#open = 0;
    run.number = this.#run;
  }
  /** Its process is no more: what it had open is closed. */
  end({ sockets }: ProgramRun): void {
    this.#open = 0;
    for (const trace of sockets.values()) if (!trace.isOver) trace.onGone();
    this.changed();
  }
  clear(): void {
    this.#all = this.#all.filter(({ trace }) => !trace.isOver);
    this.#list();
    this.#dropped = 0;
  }

  add(run: ProgramRun, report: SocketsReport): void {
    const { reports, open, clock, bound } = report;
    if (run.number === this.#run) this.#open = open;
    this.#bound = bound ?? this.#bound;
    const zero = clock === 'server' ? this.#line : NO_LINE;
    const count = this.#all.length;
    for (const one of reports) this.#addSocket(run, one, zero);
    if (this.#all.length > SOCKETS_KEPT) this.#drop();
    if (this.#all.length !== count) this.#list();
    else this.changed();
  }

  #addSocket(run: ProgramRun, report: SocketReport, line: TimeLine): void {
    const trace = run.sockets.get(report.socket) ?? this.#create(run, report, line);
    trace.appendBytes('sent', report.sent);
    trace.appendBytes('received', report.received);
    for (const call of report.calls) {
      if ('end' in call) trace.onCall(call);
      else trace.onEvent(call);
    }
    trace.onHead(report.head);
  }
  #create({ number, sockets }: ProgramRun, { socket, head }: SocketReport, line: TimeLine): SocketTrace {
    const { kind } = head;
    const role = kind === 'listen' ? 'listen' : kind === 'accepted' ? 'accepted' : 'client';
    const ordinal = 1 + this.#all.filter(({ trace, run }) => run === number && roleOf(trace) === role).length;
    const target = head.remote ?? head.local ?? NOWHERE;
    const trace = new SocketTrace({
      id: this.#nextId,
      ordinal,
      kind,
      target,
      receiveSize: 0,
      source: 'program',
      line,
    });
    this.#nextId += 1;
    sockets.set(socket, trace);
    this.#all = [...this.#all, { trace, run: number }];
    return trace;
  }
  #drop(): void {
    const excess = this.#all.length - SOCKETS_KEPT;
    const gone = new Set(this.#all.filter(({ trace }) => trace.isOver).slice(0, excess));
    this.#all = this.#all.filter((socket) => !gone.has(socket));
    this.#dropped += gone.size;
  }
  #list(): void {
    this.#traces = this.#all.map(({ trace }) => trace);
    this.changed();
  }
}

/** Puts nothing anywhere: the times are on it. */
const NO_LINE = new TimeLine();

function roleOf({ kind }: SocketTrace): string {
  return kind === 'listen' || kind === 'accepted' ? kind : 'client';
}
