import { parseArgs } from 'node:util';
import { PlaygroundError } from '../protocol/errors.ts';

/** One option of the server: `isMany` may be given more than once, `isSwitch` is on or off. */
export type Option = {
  readonly value: string;
  readonly help: string;
  readonly isMany?: boolean;
  readonly isSwitch?: boolean;
};
type Options = Readonly<Record<string, Option>>;

/** What was given for one option, and where: the flag or the variable, for the error message. */
export type Setting = { readonly source: string; readonly values: readonly string[] };

const PREFIX = 'PLAYGROUND_';
const ON = ['true', 'yes', 'on', '1'];
const OFF = ['false', 'no', 'off', '0'];

/** `--lab-ports` is `PLAYGROUND_LAB_PORTS`. The prefix: shells and package managers export HOST and PORT on their own. */
export function variableOf(name: string): string {
  return `${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Flags win over the environment. A switch that is off is not in the result. @throws {PlaygroundError} CONFIG_INVALID */
export function readSettings(
  options: Options,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, Setting> {
  const fromFlags = readFlags(options, args);
  if (fromFlags.has('help') || fromFlags.has('version')) return fromFlags;
  return new Map([...readEnvironment(options, env), ...fromFlags]);
}

/** @throws {PlaygroundError} CONFIG_INVALID: one sentence, the next step is in it where there is one */
export function refuse(source: string, text: string, expected: string): never {
  throw new PlaygroundError('CONFIG_INVALID', `${source} cannot be ${JSON.stringify(text)}: expected ${expected}`);
}

/** A misspelt name is an error too: a token that is not read leaves the door open. */
function readEnvironment(options: Options, env: Readonly<Record<string, string | undefined>>): [string, Setting][] {
  const names = new Map(
    Object.keys(options)
      .filter((name) => name !== 'help' && name !== 'version')
      .map((name) => [variableOf(name), name]),
  );
  const given: [string, Setting][] = [];
  for (const [source, text] of Object.entries(env)) {
    if (!source.startsWith(PREFIX) || text === undefined) continue;
    const name = names.get(source);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || !option) {
      throw new PlaygroundError('CONFIG_INVALID', `${source} is not a setting`);
    }
    if (text.trim() === '') refuse(source, text, 'a value, or the variable not set');
    if (option.isSwitch && !isOn(source, text)) continue;
    given.push([name, { source, values: option.isMany ? text.split(',').map((part) => part.trim()) : [text] }]);
  }
  return given;
}

function isOn(source: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (!ON.includes(word) && !OFF.includes(word)) refuse(source, text, `${ON.join(', ')}, ${OFF.join(', ')}`);
  return ON.includes(word);
}

function readFlags(options: Options, args: readonly string[]): Map<string, Setting> {
  const known = Object.fromEntries(
    Object.entries(options).map(([name, { isSwitch }]) => [
      name,
      isSwitch ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true as const },
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options: known, strict: true, allowPositionals: false });
    return new Map(
      Object.entries(values).map(([name, value]) => [
        name,
        { source: `--${name}`, values: Array.isArray(value) ? value.map(String) : ['on'] },
      ]),
    );
  } catch (cause) {
    throw new PlaygroundError('CONFIG_INVALID', (cause as Error).message.split(/\. |\n/)[0] ?? 'wrong option', {
      cause,
    });
  }
}
