import type { Action, Step } from '../../../lesson/schema/schema.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import type { Milliseconds, Port } from '../../../protocol/units.ts';
import { parseEscapes } from '../../../trace/bytes/escapes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { ConnectKind } from '../bind-address.ts';
import { type LiveSocket, liveOf } from '../live-socket.ts';
import type { Playground } from '../playground.ts';
import type { Program } from '../programs/program.ts';
import type { LessonRun } from './lesson-run.ts';
import type { LessonPrograms } from './page-facts.ts';

export type SolutionPlace = {
  readonly playground: Playground;
  /** Starts Python where it has not started yet. */
  readonly workbench: () => Promise<LessonPrograms>;
  /** The source that a path of the lesson names. */
  readonly sourceAt: (path: string) => string | undefined;
  /** A pack that a learner opened runs no program by itself: the learner presses Run. */
  readonly mayRun: boolean;
  /** Resolves after so long, or at once when it is over. */
  readonly pause: (span: Milliseconds) => Promise<void>;
  readonly signal: AbortSignal;
  /** What is looked at meanwhile. */
  readonly onSocket?: (socket: SocketTrace) => void;
};

/** Between two actions: so slow that one can look on. */
const ACTION_PAUSE: Milliseconds = 700;
/** What an action needs is there by then, or it goes on without. */
const READY_MAX: Milliseconds = 20_000;
/** So often it is asked whether it is there. */
const READY_EVERY: Milliseconds = 50;
const FAMILY_MESSAGES = ['one', 'two'];
const FAMILY_SIZE = 2;

/** Plays a step's solution, action by action, on the page's own sockets and programs, as a learner would. */
export class Solution {
  readonly #run: LessonRun;
  readonly #place: SolutionPlace;
  /** Sockets that it opened, by their names in the lesson. */
  readonly #named = new Map<string, SocketTrace>();

  constructor(run: LessonRun, place: SolutionPlace) {
    this.#run = run;
    this.#place = place;
  }

  async play({ id, solution }: Step): Promise<void> {
    const { signal, pause } = this.#place;
    for (const [index, action] of solution.entries()) {
      if (index > 0) await pause(ACTION_PAUSE);
      if (signal.aborted || this.#run.current?.id !== id) return;
      await this.#do(action);
    }
  }

  async #do(action: Action): Promise<void> {
    if (action.connect) await this.#connect(action.connect);
    if (action.listen) await this.#listen(action.listen);
    if (action.accept) await this.#accept(action.accept);
    if (action.send) this.#send(...action.send);
    if (action.sendBoth) for (const text of action.sendBoth.slice(1)) this.#send(action.sendBoth[0], text);
    if (action.halfClose) this.#live(action.halfClose)?.shutdown();
    if (action.reset) this.#live(action.reset)?.reset();
    if (action.close) this.#live(action.close)?.close();
    if (action.set) await this.#set(...action.set);
    if (action.ask === 'trysocket') await this.#place.playground.families.ask();
    if (action.ask === 'seqpacket') await this.#place.playground.families.echo(FAMILY_MESSAGES, FAMILY_SIZE);
    if (action.write) await this.#write(...action.write);
    if (action.run) await this.#runProgram(action.run);
    if (action.type) await this.#type(...action.type);
    if (action.stop) await this.#stop(action.stop);
    if (action.answer) this.#answer(...action.answer);
    if (action.peer !== undefined) await this.#run.tryPeer(action.peer);
    if (action.wait) await this.#until(() => this.#holds(action.wait));
  }

  async #connect({ lab, host, port, kind, options, times = 1, as }: NonNullable<Action['connect']>): Promise<void> {
    const { playground } = this.#place;
    const server = playground.lab().find(({ name }) => name === lab);
    const path = kind === 'unix' ? server?.path : undefined;
    const way: ConnectKind = kind ?? server?.protocol ?? 'tcp';
    const to = path ?? host ?? server?.host ?? '127.0.0.1';
    const at = path === undefined ? (server?.port ?? this.#port(port)) : 0;
    for (let nth = 0; nth < times; nth += 1) this.#show(as, playground.connect(way, to, at, options));
    await this.#until(
      () => this.#named.get(as)?.isOpened === true || this.#named.get(as)?.isOver === true,
      times === 1,
    );
  }
  async #listen({ port, backlog = 5, reuse, as }: NonNullable<Action['listen']>): Promise<void> {
    const { playground } = this.#place;
    const options: SocketOptions | undefined = reuse === undefined ? undefined : { reuseAddress: reuse };
    const listener = this.#show(as, playground.listen('127.0.0.1', this.#port(port), backlog, options));
    await this.#until(() => listener.isOpened || listener.isOver);
  }
  async #accept({ on, as }: NonNullable<Action['accept']>): Promise<void> {
    const { playground } = this.#place;
    const listener = this.#live(on);
    if (!listener) return;
    await this.#until(() => listener.pending.waiting > 0 || listener.isOver);
    const before = new Set(playground.sockets());
    const accepted = (): SocketTrace | undefined =>
      playground.sockets().find((socket) => socket.kind === 'accepted' && !before.has(socket));
    listener.accept();
    await this.#until(() => accepted() !== undefined);
    const socket = accepted();
    if (socket) this.#show(as, socket);
  }
  /** Nothing where the socket was refused, or has ended: the step is judged by what is there. */
  #send(ref: string, text: string): void {
    const socket = this.#live(ref);
    if (socket?.canSend) socket.send(parseEscapes(text));
  }
  async #set(ref: string, options: SocketOptions): Promise<void> {
    await this.#live(ref)?.setOptions(options);
  }

  async #write(file: string, path: string): Promise<void> {
    const source = this.#place.sourceAt(path);
    const [workbench, program] = await this.#program(file);
    if (program && source !== undefined) workbench.edit(program, source);
  }
  async #runProgram(file: string): Promise<void> {
    const [, program] = await this.#program(file);
    if (!program) return;
    await this.#until(() => !program.isRunning);
    if (this.#place.mayRun) program.run();
    else await this.#until(() => program.isRunning, true, Number.POSITIVE_INFINITY);
    const isUnderWay = (): boolean => program.phase === 'running' && program.blocked.length > 0;
    await this.#until(() => isUnderWay() || !program.isRunning);
  }
  async #type(file: string, line: string): Promise<void> {
    const [, program] = await this.#program(file);
    if (!program) return;
    await this.#until(
      () => program.blocked.some(({ call }) => call === 'input' || call === 'select') || !program.isRunning,
    );
    if (program.isRunning) program.typeLine(line);
  }
  async #stop(file: string): Promise<void> {
    const [, program] = await this.#program(file);
    program?.stop();
    await this.#until(() => program?.isRunning !== true);
  }
  async #program(file: string): Promise<[LessonPrograms, Program | undefined]> {
    const workbench = await this.#place.workbench();
    return [workbench, workbench.programs().find((program) => program.file === file)];
  }
  #answer(question: string, value: string | number): void {
    const [, ref, end, field] = VALUE.exec(String(value)) ?? [];
    const socket = ref === undefined ? undefined : this.#trace(ref);
    const endpoint = end === 'local' ? socket?.local : socket?.remote;
    const read = field === 'port' ? endpoint?.port : endpoint?.host;
    this.#run.answer(question, read ?? value);
  }

  #holds(wait: Action['wait']): boolean {
    this.#run.update();
    return wait !== undefined && this.#run.judge.holds(wait);
  }
  #show<Socket extends SocketTrace>(name: string, socket: Socket): Socket {
    this.#named.set(name, socket);
    this.#place.onSocket?.(socket);
    return socket;
  }
  /** What it opened itself, else what the learner's own is. */
  #trace(ref: string): SocketTrace | undefined {
    const name = ref.slice(1);
    const own = this.#named.get(name);
    if (own) return own;
    const facts = this.#run.judge.named(name);
    return facts && this.#run.facts.traceOf(facts.id)?.trace;
  }
  #live(ref: string): LiveSocket | undefined {
    const live = liveOf(this.#trace(ref));
    if (live) this.#place.onSocket?.(live);
    return live;
  }
  #port(port: number | string | undefined): Port {
    if (typeof port !== 'string') return port ?? 0;
    const [, lab] = OF_LAB.exec(port) ?? [];
    if (lab === undefined) return this.#trace(port)?.local?.port ?? 0;
    return this.#place.playground.lab().find(({ name }) => name === lab)?.port ?? 0;
  }
  async #until(isThere: () => boolean, isWaiting = true, most = READY_MAX): Promise<void> {
    const { signal, pause } = this.#place;
    for (let waited = 0; isWaiting && waited < most && !signal.aborted && !isThere(); waited += READY_EVERY) {
      await pause(READY_EVERY);
    }
  }
}

/** What an answer is read from. */
const VALUE = /^(\$[a-z][A-Za-z0-9]{0,15})\.(local|remote)\.(host|port)$/;
/** The port that a lab server has today. */
const OF_LAB = /^\$lab:(.{1,32})\.port$/;
