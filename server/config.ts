import { PlaygroundError } from '../protocol/errors.ts';
import type { PolicyMode, RoomsEntry } from '../protocol/messages/session.ts';
import { NODE_NAME } from '../protocol/node-name.ts';
import { isHostName, isIpv4, isIpv6, parsePort } from '../protocol/target.ts';
import type { Port } from '../protocol/units.ts';
import { canonicalAddress } from './gateway/dial/address-rules.ts';
import { parseAllowRule } from './gateway/dial/allow-rule.ts';
import type { PortRange } from './listener-registry.ts';
import { type Option, readSettings, refuse, type Setting, variableOf } from './settings.ts';

/** Who may read /metrics: a program on this machine, everybody, or nobody. */
export type MetricsAccess = 'local' | 'all' | 'off';

export type Config = {
  readonly host: string;
  /** undefined: 8080, or the next free one. */
  readonly port: Port | undefined;
  /** What this process is called, where several serve one playground; undefined: it serves alone. */
  readonly node: string | undefined;
  readonly mode: PolicyMode;
  readonly allow: readonly string[];
  readonly token: string | undefined;
  readonly origins: readonly string[];
  readonly hostNames: readonly string[];
  readonly listenPorts: PortRange;
  readonly isExposed: boolean;
  /** Python's files, 15 MB for each new browser, are served: Program runs. */
  readonly hasPython: boolean;
  readonly labPorts: 'preferred' | 0;
  /** Addresses that the lab servers listen on besides loopback; a wildcard address is all of this machine's. */
  readonly labHosts: readonly string[];
  readonly logLevel: string;
  readonly metrics: MetricsAccess;
  /** Reverse proxies, by address or CIDR block: what they say of whom they speak for is believed. */
  readonly proxies: readonly string[];
  /** Who may come in without a room; undefined: there are none. */
  readonly rooms: RoomsEntry | undefined;
  /** The folder where rooms are stored; undefined: they end with the process. */
  readonly state: string | undefined;
  /** A pack of lessons for all learners, as one file; undefined: those of the page. */
  readonly lessons: string | undefined;
  /** After so many days without use a room is deleted; 0: rooms end with the process. */
  readonly keepRooms: number;
  /** The machine's addresses beside those of its interfaces, in canonical spelling. */
  readonly ownAddresses: readonly string[];
};

const TOKEN_LENGTH = 256;
const MODES: readonly PolicyMode[] = ['class', 'allow-list', 'open'];
const METRICS: readonly MetricsAccess[] = ['local', 'all', 'off'];
const ROOMS = ['on', 'off'] as const;
const ENTRIES: readonly RoomsEntry[] = ['open', 'token', 'room'];
const STATE = './state';
const NO_STATE = 'none';
const KEEP_ROOMS = 14;
const KEEP_ROOMS_MAX = 3_650;
const LAB_PORTS = ['preferred', '0'] as const;
const LISTEN_PORTS: PortRange = { from: 20_000, to: 29_999 };
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Every option: a flag, and an environment variable (`--lab-ports`: `PLAYGROUND_LAB_PORTS`). */
const OPTIONS: Readonly<Record<string, Option>> = {
  port: { value: 'PORT', help: 'the port that serves the page; 0 is any free one (8080, or the next free one)' },
  host: { value: 'ADDRESS', help: 'the address to listen on; 0.0.0.0 lets a class in (127.0.0.1)' },
  node: { value: 'NAME', help: 'the name of this server, if several servers share one playground (none)' },
  mode: { value: 'MODE', help: 'which addresses may be dialled: class, allow-list or open (class)' },
  allow: {
    value: 'HOST:PORT',
    help: 'one more target, in mode allow-list or open: HOST, ADDRESS or CIDR, and PORT, FROM-TO or *',
    isMany: true,
  },
  token: { value: 'TEXT', help: 'the token that learners need to come in' },
  origin: { value: 'URL', help: 'an origin at which people reach the page, behind a reverse proxy', isMany: true },
  'host-name': { value: 'NAME', help: 'a name at which people reach this machine', isMany: true },
  'listen-ports': { value: 'FROM-TO', help: 'the ports that learners may listen on (20000-29999)' },
  expose: { value: '', help: 'let learners listen beyond loopback', isSwitch: true },
  'lab-host': {
    value: 'ADDRESS',
    help: 'where else the lab servers listen, besides loopback; 0.0.0.0 is all addresses of this machine',
    isMany: true,
  },
  'lab-ports': { value: 'PORTS', help: 'preferred, or 0 for any free ones (preferred)' },
  proxy: {
    value: 'ADDRESS',
    help: 'a reverse proxy, ADDRESS or CIDR, whose X-Forwarded-For is trusted',
    isMany: true,
  },
  'own-address': {
    value: 'ADDRESS',
    help: 'a public address of this machine that its interfaces do not have, for example behind NAT',
    isMany: true,
  },
  rooms: { value: 'WHETHER', help: 'class rooms, for an instructor and learners: on or off (on)' },
  entry: {
    value: 'WHO',
    help: 'who may open sockets: open (everybody), token (those who have it), room (those in one); open, or token if one is set',
  },
  state: { value: 'FOLDER', help: 'where class rooms are stored; none: they end with the server (./state)' },
  'keep-rooms': {
    value: 'DAYS',
    help: 'a room that has not been used for this long is deleted; 0: it ends with the server (14)',
  },
  lessons: { value: 'FILE', help: 'lessons of your own for all learners: NAME.lessons.json (those of the page)' },
  'no-python': { value: '', help: 'serve no Python: 15 MB less for each new browser, and no programs', isSwitch: true },
  metrics: { value: 'WHO', help: 'who may read /metrics: local, all or off (local)' },
  'log-level': { value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (warn)` },
  help: { value: '', help: 'this list', isSwitch: true },
  version: { value: '', help: 'which version this is', isSwitch: true },
};

/** `command`: how the server was started. */
export function helpText(command: string): string {
  const lines = Object.entries(OPTIONS).map(([name, { value, help }]) => `  ${`--${name} ${value}`.padEnd(24)}${help}`);
  return [
    `Usage: ${command} [OPTION]…`,
    '',
    ...lines,
    '',
    `Each is also read from the environment: ${variableOf('port')}, ${variableOf('allow')} (a list with commas),`,
    `${variableOf('expose')} (true or false), …`,
  ].join('\n');
}

/** What holds where nothing is said. */
export function defaultConfig(): Config {
  return parseConfig([], {}) as Config;
}

/** Flags win over the environment. Returns 'help' or 'version' when that is asked for. @throws {PlaygroundError} CONFIG_INVALID */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config | 'help' | 'version' {
  const given = readSettings(OPTIONS, args, env);
  if (given.has('help')) return 'help';
  if (given.has('version')) return 'version';
  /** The last one given, as `parse` reads it; undefined where it is not given. */
  const one = <T>(name: string, parse: (text: string, source: string) => T): T | undefined => {
    const setting = given.get(name);
    const text = setting?.values.at(-1);
    return setting === undefined || text === undefined ? undefined : parse(text, setting.source);
  };
  const many = <T>(name: string, parse: (text: string, source: string) => T): T[] =>
    given.get(name)?.values.map((text) => parse(text, given.get(name)?.source ?? name)) ?? [];
  const mode = one('mode', oneOf(MODES)) ?? 'class';
  const allow = many('allow', allowOf);
  checkAllow(mode, given.get('allow'));
  const token = one('token', tokenOf);
  return {
    host: one('host', hostOf) ?? '127.0.0.1',
    port: one('port', portOf),
    node: one('node', nodeOf),
    mode,
    allow,
    token,
    rooms: roomsOf(one('rooms', oneOf(ROOMS)) ?? 'on', one('entry', oneOf(ENTRIES)), token),
    state: stateOf(one('state', folderOf)),
    lessons: one('lessons', fileOf),
    keepRooms: one('keep-rooms', daysOf) ?? KEEP_ROOMS,
    origins: many('origin', originOf),
    hostNames: many('host-name', hostNameOf),
    listenPorts: one('listen-ports', rangeOf) ?? LISTEN_PORTS,
    isExposed: given.has('expose'),
    hasPython: !given.has('no-python'),
    labHosts: many('lab-host', addressOf),
    labPorts: one('lab-ports', oneOf(LAB_PORTS)) === '0' ? 0 : 'preferred',
    metrics: one('metrics', oneOf(METRICS)) ?? 'local',
    proxies: many('proxy', networkOf),
    ownAddresses: many('own-address', addressOf),
    logLevel: one('log-level', oneOf(LOG_LEVELS)) ?? 'warn',
  };
}

function oneOf<T extends string>(words: readonly T[]): (text: string, source: string) => T {
  return (text, source) => words.find((word) => word === text) ?? refuse(source, text, words.join(', '));
}
function hostOf(text: string, source: string): string {
  return isIpv4(text) || isIpv6(text) || isHostName(text) ? text : refuse(source, text, 'an address or a name');
}
function hostNameOf(text: string, source: string): string {
  const hint = isIpv4(text) || isIpv6(text) ? `a name; for an address --origin http://${text}:PORT` : 'a name';
  return isHostName(text) ? text.toLowerCase() : refuse(source, text, hint);
}
/** Not /0 either: with it whoever connects would be believed. */
function networkOf(text: string, source: string): string {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
  const isBlock = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  return rest.length === 0 && most > 0 && isBlock
    ? text
    : refuse(source, text, 'an address, or a CIDR block from /1 on');
}
function addressOf(text: string, source: string): string {
  const address = isIpv4(text) || isIpv6(text) ? canonicalAddress(text) : undefined;
  return address ?? refuse(source, text, 'an address');
}
/** HELLO carries it, and has room for no more. The text of a wrong one is in no log. */
function tokenOf(text: string, source: string): string {
  if (text.length > 0 && text.length <= TOKEN_LENGTH) return text;
  throw new PlaygroundError('CONFIG_INVALID', `${source} must have 1 to ${TOKEN_LENGTH} characters`);
}
function nodeOf(text: string, source: string): string {
  const isName = new RegExp(NODE_NAME).test(text);
  return isName ? text : refuse(source, text, '1 to 32 of a to z, 0 to 9 and -');
}
function portOf(text: string, source: string): Port {
  try {
    return parsePort(text);
  } catch {
    return refuse(source, text, 'a number from 0 to 65535');
  }
}
function rangeOf(text: string, source: string): PortRange {
  const [, low, high] = /^(\d{1,5})-(\d{1,5})$/.exec(text.trim()) ?? [];
  const range = { from: Number(low), to: Number(high) };
  const isRange = range.from > 0 && range.from <= range.to && range.to <= 65_535;
  return isRange ? range : refuse(source, text, 'FROM-TO, such as 20000-29999');
}
function originOf(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/';
  return isOrigin
    ? url.origin
    : refuse(source, text, 'http://HOST or https://HOST, with a port or without, and no path');
}
function allowOf(text: string, source: string): string {
  try {
    parseAllowRule(text);
    return text;
  } catch {
    return refuse(source, text, 'HOST:PORT, with a name, an address or a CIDR block, and a port, FROM-TO or *');
  }
}
function folderOf(text: string, source: string): string {
  return text.trim() === '' ? refuse(source, text, 'a folder, or none') : text;
}
function fileOf(text: string, source: string): string {
  return text.trim() === '' ? refuse(source, text, 'a file') : text;
}
function stateOf(text = STATE): string | undefined {
  return text === NO_STATE ? undefined : text;
}
function daysOf(text: string, source: string): number {
  const isCount = /^\d{1,4}$/.test(text) && Number(text) <= KEEP_ROOMS_MAX;
  return isCount ? Number(text) : refuse(source, text, `a number of days from 0 to ${KEEP_ROOMS_MAX}`);
}
/** What contradicts itself is no setting. */
function roomsOf(
  rooms: (typeof ROOMS)[number],
  entry: RoomsEntry | undefined,
  token: string | undefined,
): RoomsEntry | undefined {
  if (entry === 'token' && token === undefined)
    throw new PlaygroundError('CONFIG_INVALID', '--entry token needs --token');
  if (entry === 'open' && token !== undefined) {
    throw new PlaygroundError('CONFIG_INVALID', '--entry open lets everybody in, and --token does not');
  }
  if (rooms === 'on') return entry ?? (token === undefined ? 'open' : 'token');
  if (entry === 'room') throw new PlaygroundError('CONFIG_INVALID', '--entry room needs rooms, and --rooms is off');
  return undefined;
}
/** A rule that no mode reads would let somebody believe that it does something. */
function checkAllow(mode: PolicyMode, allow: Setting | undefined): void {
  if (mode === 'allow-list' && !allow) {
    throw new PlaygroundError('CONFIG_INVALID', '--mode allow-list needs at least one --allow HOST:PORT');
  }
  if (mode === 'class' && allow) {
    throw new PlaygroundError('CONFIG_INVALID', `${allow.source} needs --mode allow-list or --mode open`);
  }
}
