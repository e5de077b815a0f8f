import type { Facts, Origin, PeerFact, ProgramFacts, Queue, SocketFacts } from '../../../lesson/facts.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import { isFromOutside } from '../../../trace/socket/from-outside.ts';
import type { SocketKind } from '../../../trace/socket.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Playground } from '../playground.ts';
import type { Workbench } from '../programs/workbench.ts';
import { ProgramFeed } from './program-facts.ts';
import { TraceFacts } from './trace-facts.ts';

/** What a lesson asks of the page's programs. */
export type LessonPrograms = Pick<Workbench, 'programs' | 'subscribe' | 'edit'>;

type PageFactsOptions = {
  readonly playground: Playground;
  /** ms since 1970, never set back: the clock that a program's waits are told on. */
  readonly now: () => Milliseconds;
};

/**
 * All that lessons are judged by: the page's own sockets, its programs and their sockets, and what the learner answers. It reads
 * what the page keeps anyway. A recording that was opened happened elsewhere and is no fact.
 */
export class PageFacts implements Facts {
  readonly playground: Playground;
  answers = new Map<string, string | number>();
  /** What became of scripted peers, in all attempts. */
  readonly peers: PeerFact[] = [];
  readonly #now: () => Milliseconds;
  #workbench: LessonPrograms | undefined;
  readonly #known = new WeakMap<SocketTrace, TraceFacts>();
  #feeds = new Map<string, ProgramFeed>();
  #sockets: readonly TraceFacts[] = [];
  #traces: readonly SocketTrace[] = [];
  /** How far the line of the server's times is ahead of this page's clock: as far as what has come from it proves. */
  #ahead: Microseconds | undefined;

  constructor({ playground, now }: PageFactsOptions) {
    this.playground = playground;
    this.#now = now;
  }

  /** The programs of the page, once there are any. */
  get workbench(): LessonPrograms | undefined {
    return this.#workbench;
  }
  attach(workbench: LessonPrograms): void {
    this.#workbench = workbench;
    this.#readPrograms();
    workbench.subscribe(() => this.#readPrograms());
  }

  get time(): Milliseconds {
    return this.#now();
  }
  readonly now = (_origin: Origin): Microseconds => this.time * 1_000 + (this.#ahead ?? 0);

  get sockets(): readonly SocketFacts[] {
    return this.#sockets;
  }
  get labs(): ReadonlyMap<string, Queue & { readonly port: number }> {
    const stats = this.playground.labStats();
    return new Map(
      this.playground.lab().map(({ name, port }) => {
        const { waiting = 0, max = 0 } = stats.get(name) ?? {};
        return [name, { waiting, max, port }];
      }),
    );
  }
  get programs(): readonly ProgramFacts[] {
    return [...this.#feeds.values()];
  }
  get tried(): Facts['tried'] {
    return this.playground.families.tried;
  }
  get echoed(): Facts['echoed'] {
    return this.playground.families.echoed;
  }

  /** Takes in which sockets there are and what time it is on the server: once before each judgement. */
  read(): void {
    const own = this.playground.sockets().filter(({ source }) => source === 'live');
    const ofPrograms = [...this.#feeds.values()].flatMap(({ file, program }) =>
      program.sockets.traces().map((trace) => ({ trace, file: file as Origin })),
    );
    this.#traces = [...own, ...ofPrograms.map(({ trace }) => trace)];
    this.#sockets = [
      ...own.map((trace) => this.#factsOf(trace, 'play')),
      ...ofPrograms.map(({ trace, file }) => this.#factsOf(trace, file)),
    ];
    const now = this.time * 1_000;
    for (const { log } of this.#traces) {
      const latest = log.at(log.length() - 1);
      if (latest) this.#ahead = Math.max(this.#ahead ?? Number.NEGATIVE_INFINITY, latest.at - now);
    }
  }
  /** The trace of a socket that evidence names. */
  traceOf(id: string): { readonly trace: SocketTrace; readonly from: Origin } | undefined {
    const found = this.#sockets.find((socket) => socket.id === id);
    return found && { trace: found.trace, from: found.from };
  }

  #factsOf(trace: SocketTrace, from: Origin): TraceFacts {
    let facts = this.#known.get(trace);
    if (!facts) {
      facts = new TraceFacts(`${from}:${trace.id}`, from, trace, {
        labAt: (target, kind) => this.#labAt(target, kind),
        isOutside: (accepted) => isFromOutside(accepted, this.#traces) === true,
        otherEnd: ({ seenAs, remote }) =>
          this.#traces.find((other) => isSame(other.seenAs, remote) && isSame(other.remote, seenAs)),
      });
      this.#known.set(trace, facts);
    }
    return facts;
  }
  #labAt({ host, port }: Endpoint, kind: SocketKind): string | undefined {
    const isThere = (lab: { host: string; port: number; path?: string | undefined }): boolean =>
      kind === 'unix' ? lab.path === host : lab.port === port && (lab.host === host || LOCAL.has(host));
    const protocol = kind === 'udp' ? 'udp' : 'tcp';
    return this.playground.lab().find((lab) => lab.protocol === protocol && isThere(lab))?.name;
  }
  #readPrograms(): void {
    const programs = this.#workbench?.programs() ?? [];
    for (const [file, feed] of this.#feeds) {
      if (programs.includes(feed.program)) continue;
      feed.stop();
      this.#feeds.delete(file);
    }
    for (const program of programs) {
      if (!this.#feeds.has(program.file)) this.#feeds.set(program.file, new ProgramFeed(program));
    }
  }
}

function isSame(one: Endpoint | undefined, other: Endpoint | undefined): boolean {
  return one !== undefined && one.host === other?.host && one.port === other.port;
}

/** The lab listens on both loopback addresses, whichever it tells. */
const LOCAL: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
