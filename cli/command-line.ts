import { parseArgs } from 'node:util';
import { PlaygroundError } from '../protocol/errors.ts';
import { parsePort } from '../protocol/target.ts';
import type { Milliseconds, Port } from '../protocol/units.ts';
import { refuse } from '../server/settings.ts';

/** One option of a command. A letter is ncat's, where it has one. */
export type CliOption = {
  readonly letter?: string;
  /** Its value's name; a switch has none. */
  readonly value?: string;
  readonly help: string;
};
export type CliOptions = Readonly<Record<string, CliOption>>;
export type CommandHelp = {
  readonly usage: string;
  readonly about: string;
  readonly examples: readonly string[];
};

/** What was written behind a command. */
export class CommandLine {
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  /** @throws {PlaygroundError} CONFIG_INVALID: an option that there is not, or a value that is missing */
  constructor(options: CliOptions, args: readonly string[]) {
    const known = Object.fromEntries(
      Object.entries({ ...options, help: HELP }).map(([name, { letter, value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(letter && { short: letter }) },
      ]),
    );
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: known,
        strict: true,
        allowPositionals: true,
      });
      this.#values = values as Readonly<Record<string, string | boolean | undefined>>;
      this.positionals = positionals;
    } catch (cause) {
      throw new PlaygroundError('CONFIG_INVALID', (cause as Error).message.split(/\. |\n/)[0] ?? 'wrong option', {
        cause,
      });
    }
  }
  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }
  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }
  /** @throws {PlaygroundError} CONFIG_INVALID, as all that follow */
  time(name: string): Milliseconds | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : timeOf(text, `--${name}`);
  }
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    return count > 0 ? count : refuse(`--${name}`, text, 'a number from 1 on');
  }
  port(name: string): Port | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : portOf(text, `--${name}`);
  }
}

export function portOf(text: string, source: string): Port {
  try {
    return parsePort(text);
  } catch {
    return refuse(source, text, 'a number from 0 to 65535');
  }
}

/** Seconds, as ncat has it, or with a unit: `10`, `0.5`, `500ms`, `2m`. */
function timeOf(text: string, source: string): Milliseconds {
  const [, number, unit = 's'] = /^(\d{1,7}(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const time = Number(number) * UNITS[unit as keyof typeof UNITS];
  return time > 0 && time <= TIME_MAX
    ? Math.max(1, Math.round(time))
    : refuse(source, text, 'a time such as 10, 500ms or 2m');
}
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** The longest that a timer takes. */
const TIME_MAX: Milliseconds = 2_147_483_647;
const HELP: CliOption = { letter: 'h', help: 'this list' };

export function helpOf({ usage, about, examples }: CommandHelp, options: CliOptions): string {
  const lines = Object.entries({ ...options, help: HELP }).map(([name, { letter, value, help }]) => {
    const names = `${letter === undefined ? '   ' : `-${letter},`} --${name}${value === undefined ? '' : ` ${value}`}`;
    return `  ${names.padEnd(26)} ${help}`;
  });
  return [
    `Usage: socket-playground ${usage}`,
    '',
    about,
    '',
    ...lines,
    '',
    'Letters mean what they mean to ncat. Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}
