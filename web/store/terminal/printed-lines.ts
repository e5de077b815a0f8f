import type { Output } from '../../python/worker-messages.ts';

/** The latest lines that are kept: a program may print without end. */
const LINES_KEPT = 4_096;
/** Characters of one line: what is longer is cut. */
const LINE_MAX = 4_096;
/** They go at the front by so many, so that each is moved once in a while at the most. */
const SLACK = 1_024;

/**
 * What a program has printed, as whole lines of both outputs: a traceback stands on stderr. The line that a prompt began goes on with
 * what is printed after it; what was typed in between is the terminal's echo and no output.
 */
export class PrintedLines {
  #lines: string[] = [];
  #dropped = 0;
  readonly #begun: Record<Output['fd'], string> = { 1: '', 2: '' };

  /** How many lines were before `at(0)`. */
  get dropped(): number {
    return this.#dropped;
  }
  readonly length = (): number => this.#lines.length;
  readonly at = (index: number): string | undefined => this.#lines[index];

  write({ fd, text }: Output): void {
    const [first = '', ...more] = text.split('\n');
    this.#begun[fd] = cut(this.#begun[fd] + first);
    for (const part of more) {
      this.#end(fd);
      this.#begun[fd] = cut(part);
    }
  }
  /** The program is over: what it had begun is a line too. */
  end(): void {
    for (const fd of [1, 2] as const) if (this.#begun[fd] !== '') this.#end(fd);
  }

  #end(fd: Output['fd']): void {
    this.#lines.push(this.#begun[fd].replace(/\r$/, ''));
    this.#begun[fd] = '';
    if (this.#lines.length <= LINES_KEPT + SLACK) return;
    this.#dropped += this.#lines.length - LINES_KEPT;
    this.#lines = this.#lines.slice(-LINES_KEPT);
  }
}

function cut(text: string): string {
  return text.length > LINE_MAX ? text.slice(0, LINE_MAX) : text;
}
