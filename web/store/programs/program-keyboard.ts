/** What a link may carry: a person fills in no more by hand. */
export const INPUT_LINES_MAX = 100;
export const INPUT_LINE_MAX = 1_000;

/** What is typed to a program: the lines of its last run, and those that came with it, which are filled in and sent by nobody but the person. */
export class ProgramKeyboard {
  #given: readonly string[];
  #typed: readonly string[] = [];
  #taken = 0;
  #isEchoing = true;

  constructor(given: readonly string[] = []) {
    this.#given = given;
  }

  /** Lines that came with the program, for each of its runs. */
  get given(): readonly string[] {
    return this.#given;
  }
  /** What was typed in the last run, passwords left out: so much as a link may carry. */
  get typed(): readonly string[] {
    return this.#typed;
  }
  /** The line that is filled in next: none while the program asks for a password. */
  get next(): string | undefined {
    return this.#isEchoing ? this.#given[this.#taken] : undefined;
  }
  /** How many are still to be filled in. */
  get left(): number {
    return Math.max(0, this.#given.length - this.#taken);
  }

  give(lines: readonly string[]): void {
    this.#given = lines;
    this.#typed = [];
    this.#taken = 0;
  }
  begin(): void {
    this.#typed = [];
    this.#taken = 0;
    this.#isEchoing = true;
  }
  /** Whether the terminal shows what is typed: the program asks for a password while it does not. */
  setEcho(isOn: boolean): void {
    this.#isEchoing = isOn;
  }
  /** A line is sent. @returns whether the terminal shows it */
  type(line: string): boolean {
    if (!this.#isEchoing) return false;
    this.#taken += 1;
    if (this.#typed.length < INPUT_LINES_MAX && line.length <= INPUT_LINE_MAX) this.#typed = [...this.#typed, line];
    return true;
  }
}

/** What comes from outside: undefined where it is not the lines that a person may have typed. */
export function parseInput(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > INPUT_LINES_MAX) return undefined;
  const isLine = (line: unknown): line is string =>
    typeof line === 'string' && line.length <= INPUT_LINE_MAX && !/[\r\n]/.test(line);
  return value.every(isLine) ? value : undefined;
}
