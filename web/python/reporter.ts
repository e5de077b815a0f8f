import type { Milliseconds } from '../../protocol/units.ts';
import { siteOf } from './call-sites.ts';
import type { Blocked } from './waiters.ts';
import type { FromWorker, Output, SocketsReport } from './worker-messages.ts';

/** One message per frame of the page, whatever the program prints. */
const FRAME: Milliseconds = 16;
/** Calls may come by the thousand: drawing them more often would cost the page the time it needs to carry their bytes. */
const CALLS_INTERVAL: Milliseconds = 100;
/** While they do, nobody reads them as they come. */
const MANY_CALLS_INTERVAL: Milliseconds = 400;
const MANY_CALLS = 100;
/** What a page can take in one message without a frozen frame; a program that prints more waits for it. */
const OUTPUT_MAX = 65_536;
/** A wait shorter than this is not worth a word. */
const BLOCKED_AFTER: Milliseconds = 80;

/** Tells the page what the program prints, calls and waits for, in lumps. */
export class Reporter {
  #callsInterval = CALLS_INTERVAL;
  #callsTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #post: (message: FromWorker) => void;
  readonly #blocked: () => readonly Blocked[];
  readonly #sockets: (isLast: boolean) => SocketsReport | undefined;
  #output: Output[] = [];
  #outputLength = 0;
  #flushedAt: Milliseconds = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #told = '';
  readonly #threadName: (thread: number) => string | undefined;

  constructor(
    post: (message: FromWorker) => void,
    blocked: () => readonly Blocked[],
    sockets: (isLast: boolean) => SocketsReport | undefined,
    threadName: (thread: number) => string | undefined,
  ) {
    this.#threadName = threadName;
    this.#post = post;
    this.#blocked = blocked;
    this.#sockets = sockets;
  }

  print(fd: 1 | 2, text: string): void {
    const last = this.#output.at(-1);
    if (last?.fd === fd) this.#output[this.#output.length - 1] = { fd, text: last.text + text };
    else this.#output.push({ fd, text });
    this.#outputLength += text.length;
    // A program that never waits lets no timer run: its own writes then keep the pace.
    if (this.#outputLength > OUTPUT_MAX || performance.now() - this.#flushedAt > FRAME) this.flush();
    else this.#schedule();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushedAt = performance.now();
    if (this.#output.length > 0) {
      this.#post({ type: 'output', output: this.#output });
      this.#output = [];
      this.#outputLength = 0;
    }
  }
  /** There is something to tell of the sockets. */
  onSockets(): void {
    this.#callsTimer ??= setTimeout(() => this.#flushCalls(), this.#callsInterval);
  }
  /** All that there is to tell, now. */
  flushAll(): void {
    this.flush();
    this.#flushCalls();
  }

  /** The process ends: what there is to tell is told now, or never. */
  end(): void {
    this.flush();
    this.#flushCalls(true);
  }

  /** A thread begins to wait. One timer looks at all that wait; none runs while nothing has changed. */
  watchBlocked(): void {
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      this.#tellBlocked();
    }, BLOCKED_AFTER);
  }

  #tellBlocked(): void {
    const now = performance.now();
    const waiting = this.#blocked();
    const long = waiting.filter(({ since }) => now - since >= BLOCKED_AFTER / 2);
    if (long.length < waiting.length) this.watchBlocked();
    const told = long.map(({ site, since }) => `${site} ${since}`).join();
    if (told === this.#told) return;
    this.#told = told;
    this.flushAll();
    const blocked = long
      .toSorted((a, b) => Number(b.isMain) - Number(a.isMain))
      .map(({ site, since }) => {
        const { line, call, thread } = siteOf(site);
        return { line, call, since: performance.timeOrigin + since, thread: this.#threadName(thread) };
      });
    this.#post({ type: 'blocked', blocked });
  }

  #flushCalls(isLast = false): void {
    clearTimeout(this.#callsTimer);
    this.#callsTimer = undefined;
    const report = this.#sockets(isLast);
    if (!report) {
      this.onSockets();
      return;
    }
    const count = report.reports.reduce((sum, { calls }) => sum + calls.length, 0);
    this.#callsInterval =
      count * CALLS_INTERVAL > MANY_CALLS * this.#callsInterval ? MANY_CALLS_INTERVAL : CALLS_INTERVAL;
    if (report.reports.length > 0) this.#post({ type: 'sockets', ...report });
  }
  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), FRAME);
  }
}
