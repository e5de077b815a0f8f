import { parseArgs } from 'node:util';
import { PlaygroundError } from '../protocol/errors.ts';
import type { PolicyMode } from '../protocol/messages.ts';
import { isHostName, isIpv4, isIpv6, parsePort } from '../protocol/target.ts';
import type { Port } from '../protocol/units.ts';
import { canonicalAddress } from './gateway/address-rules.ts';
import type { PortRange } from './listener-registry.ts';

/** Who may read /metrics: a program on this machine, everybody, or nobody. */
export type MetricsAccess = 'local' | 'all' | 'off';

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
  readonly metrics: MetricsAccess;
  /** Reverse proxies, by address or CIDR block: what they say of whom they speak for is believed. */
  readonly proxies: readonly string[];
  /** The machine's addresses beside those of its interfaces, in canonical spelling. */
  readonly ownAddresses: readonly string[];
};

type Option = { readonly value: string; readonly help: string; readonly isMany?: boolean; readonly isSwitch?: boolean };

const TOKEN_LENGTH = 256;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Every option: a flag, and an environment variable of the same name in capitals (`--lab-ports`: `LAB_PORTS`). */
const OPTIONS: Readonly<Record<string, Option>> = {
  port: { value: 'PORT', help: 'where the page is served; 0 is any (8080, or the next free one)' },
  host: { value: 'ADDRESS', help: 'address to listen on; 0.0.0.0 lets a class in (127.0.0.1)' },
  mode: { value: 'MODE', help: 'what may be dialled: class, allow-list or open (class)' },
  allow: {
    value: 'HOST:PORT',
    help: 'a target besides, in mode allow-list or open: HOST, ADDRESS or CIDR, PORT, FROM-TO or *',
    isMany: true,
  },
  token: { value: 'TEXT', help: 'what learners must know to come in' },
  origin: { value: 'URL', help: 'an origin people reach the page by, behind a reverse proxy', isMany: true },
  'host-name': { value: 'NAME', help: 'a name people reach this machine by', isMany: true },
  'listen-ports': { value: 'FROM-TO', help: 'the ports that learners may listen on (20000-29999)' },
  expose: { value: '', help: 'let learners listen beyond loopback', isSwitch: true },
  'lab-ports': { value: 'PORTS', help: 'preferred, or 0 for any free ones (preferred)' },
  proxy: {
    value: 'ADDRESS',
    help: 'a reverse proxy, ADDRESS or CIDR, whose X-Forwarded-For is believed',
    isMany: true,
  },
  'own-address': {
    value: 'ADDRESS',
    help: 'a public address of this machine that its interfaces do not have, as behind NAT',
    isMany: true,
  },
  metrics: { value: 'WHO', help: 'who may read /metrics: local, all or off (local)' },
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
  if ((one('mode') ?? 'class') === 'class' && given.has('allow')) {
    throw new PlaygroundError('CONFIG_INVALID', '--allow needs --mode allow-list or --mode open');
  }
  return {
    host: oneOf('host', one('host') ?? '127.0.0.1', (text) => isIpv4(text) || isIpv6(text) || isHostName(text)),
    port: port === undefined ? undefined : portOf('port', port),
    mode: oneOf('mode', one('mode') ?? 'class', isMode) as PolicyMode,
    allow: given.get('allow') ?? [],
    token: tokenOf(one('token')),
    origins: (given.get('origin') ?? []).map(originOf),
    hostNames: (given.get('host-name') ?? []).map((name) => oneOf('host-name', name.toLowerCase(), isHostName)),
    listenPorts: rangeOf(one('listen-ports') ?? '20000-29999'),
    isExposed: given.has('expose'),
    labPorts: oneOf('lab-ports', one('lab-ports') ?? 'preferred', isLabPorts) === '0' ? 0 : 'preferred',
    metrics: oneOf('metrics', one('metrics') ?? 'local', isMetricsAccess) as MetricsAccess,
    proxies: (given.get('proxy') ?? []).map((text) => oneOf('proxy', text, isNetwork)),
    ownAddresses: (given.get('own-address') ?? []).map(ownAddressOf),
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
function isMetricsAccess(text: string): boolean {
  return text === 'local' || text === 'all' || text === 'off';
}
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}
function ownAddressOf(text: string): string {
  return canonicalAddress(oneOf('own-address', text, (address) => isIpv4(address) || isIpv6(address))) as string;
}
/** HELLO carries it, and has room for no more. */
function tokenOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneOf('token', text, () => text.length > 0 && text.length <= TOKEN_LENGTH);
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
