import { parseArgs } from 'node:util';
import { PlaygroundError } from '../protocol/errors.ts';
import type { PolicyMode } from '../protocol/messages.ts';
import { isHostName, isIpv4, isIpv6, parsePort } from '../protocol/target.ts';
import type { Port } from '../protocol/units.ts';
import type { PortRange } from './listener-registry.ts';

export type Config = {
  readonly host: string;
  /** undefined: 8080, or the next free one. */
  readonly port: Port | undefined;
  readonly mode: PolicyMode;
  readonly allow: readonly string[];
  readonly token: string | undefined;
  readonly origins: readonly string[];
  readonly hostNames: readonly string[];
  readonly listenPorts: PortRange;
  readonly isExposed: boolean;
  readonly labPorts: 'preferred' | 0;
  readonly logLevel: string;
};

type Option = { readonly value: string; readonly help: string; readonly isMany?: boolean; readonly isSwitch?: boolean };

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Every option: a flag, and an environment variable of the same name in capitals (`--lab-ports`: `LAB_PORTS`). */
const OPTIONS: Readonly<Record<string, Option>> = {
  port: { value: 'PORT', help: 'where the page is served; 0 is any (8080, or the next free one)' },
  host: { value: 'ADDRESS', help: 'address to listen on; 0.0.0.0 lets a class in (127.0.0.1)' },
  mode: { value: 'MODE', help: 'what may be dialled: class, allow-list or open (class)' },
  allow: {
    value: 'HOST:PORT',
    help: 'a target to allow besides: HOST, ADDRESS or CIDR, PORT, FROM-TO or *',
    isMany: true,
  },
  token: { value: 'TEXT', help: 'what learners must know to come in' },
  origin: { value: 'URL', help: 'an origin people reach the page by, behind a reverse proxy', isMany: true },
  'host-name': { value: 'NAME', help: 'a name people reach this machine by', isMany: true },
  'listen-ports': { value: 'FROM-TO', help: 'the ports that learners may listen on (20000-29999)' },
  expose: { value: '', help: 'let learners listen beyond loopback', isSwitch: true },
  'lab-ports': { value: 'PORTS', help: 'preferred, or 0 for any free ones (preferred)' },
  'log-level': { value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (warn)` },
  help: { value: '', help: 'this list', isSwitch: true },
};

export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(([name, { value, help }]) => `  ${`--${name} ${value}`.padEnd(24)}${help}`);
  return [
    'Usage: npm start -- [OPTION]…',
    '',
    ...lines,
    '',
    'Each is also read from the environment: PORT, HOST, MODE, ALLOW (a list with commas), …',
  ].join('\n');
}

/** Flags win over the environment. Returns 'help' when that is asked for. @throws {PlaygroundError} CONFIG_INVALID */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config | 'help' {
  const given = readOptions(args, env);
  if (given.has('help')) return 'help';
  const one = (name: string): string | undefined => given.get(name)?.at(-1);
  const port = one('port');
  return {
    host: oneOf('host', one('host') ?? '127.0.0.1', (text) => isIpv4(text) || isIpv6(text) || isHostName(text)),
    port: port === undefined ? undefined : portOf('port', port),
    mode: oneOf('mode', one('mode') ?? 'class', isMode) as PolicyMode,
    allow: given.get('allow') ?? [],
    token: one('token'),
    origins: (given.get('origin') ?? []).map(originOf),
    hostNames: (given.get('host-name') ?? []).map((name) => oneOf('host-name', name.toLowerCase(), isHostName)),
    listenPorts: rangeOf(one('listen-ports') ?? '20000-29999'),
    isExposed: given.has('expose'),
    labPorts: oneOf('lab-ports', one('lab-ports') ?? 'preferred', isLabPorts) === '0' ? 0 : 'preferred',
    logLevel: oneOf('log-level', one('log-level') ?? 'warn', (level) => LOG_LEVELS.includes(level)),
  };
}

function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const [name, { isMany, isSwitch }] of Object.entries(OPTIONS)) {
    const text = env[name.toUpperCase().replaceAll('-', '_')];
    if (text === undefined || text === '' || (isSwitch && (name === 'help' || text === '0'))) continue;
    given.set(name, isMany ? text.split(',').map((part) => part.trim()) : [text]);
  }
  for (const [name, values] of parseFlags(args)) given.set(name, values);
  return given;
}

function parseFlags(args: readonly string[]): [string, string[]][] {
  const options = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, { isSwitch }]) => [
      name,
      isSwitch ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true as const },
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : ['']]);
  } catch (cause) {
    throw new PlaygroundError('CONFIG_INVALID', (cause as Error).message.split('. ')[0] ?? 'wrong option', { cause });
  }
}

function oneOf(name: string, text: string, isValid: (text: string) => boolean): string {
  if (!isValid(text)) throw new PlaygroundError('CONFIG_INVALID', `--${name} cannot be ${JSON.stringify(text)}`);
  return text;
}
function isMode(text: string): boolean {
  return text === 'class' || text === 'allow-list' || text === 'open';
}
function isLabPorts(text: string): boolean {
  return text === '0' || text === 'preferred';
}
function portOf(name: string, text: string): Port {
  try {
    return parsePort(text);
  } catch (cause) {
    throw new PlaygroundError('CONFIG_INVALID', `--${name} cannot be ${JSON.stringify(text)}`, { cause });
  }
}
function rangeOf(text: string): PortRange {
  const [from = '', to = '', ...rest] = text.split('-');
  const range = { from: portOf('listen-ports', from), to: portOf('listen-ports', to) };
  oneOf('listen-ports', text, () => rest.length === 0 && range.from > 0 && range.from <= range.to);
  return range;
}
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  oneOf('origin', text, () => url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/');
  return (url as URL).origin;
}
