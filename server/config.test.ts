import { describe, expect, test } from 'vitest';
import { type Config, helpText, parseConfig } from './config.ts';

function parse(args: readonly string[], env: Record<string, string> = {}): Config {
  const config = parseConfig(args, env);
  if (typeof config === 'string') throw new Error(`${config} was not asked for`);
  return config;
}

test('without options it is closed: loopback, class, metrics for this machine, no proxy believed', () => {
  expect(parse([])).toEqual({
    host: '127.0.0.1',
    port: undefined,
    rooms: 'open',
    state: './state',
    keepRooms: 14,
    node: undefined,
    mode: 'class',
    allow: [],
    token: undefined,
    origins: [],
    hostNames: [],
    listenPorts: { from: 20_000, to: 29_999 },
    isExposed: false,
    hasPython: true,
    labHosts: [],
    labPorts: 'preferred',
    logLevel: 'warn',
    metrics: 'local',
    proxies: [],
    ownAddresses: [],
  });
});

test('a flag wins over the environment, and what may be there often is a list with commas there', () => {
  const env = {
    PLAYGROUND_PORT: '9000',
    PLAYGROUND_MODE: 'open',
    PLAYGROUND_ALLOW: '10.0.0.0/8:80, a.test:*',
    PLAYGROUND_PROXY: '10.0.0.1,fd00::/8',
    PLAYGROUND_EXPOSE: '1',
  };
  expect(parse(['--port', '0'], env)).toMatchObject({
    port: 0,
    mode: 'open',
    allow: ['10.0.0.0/8:80', 'a.test:*'],
    proxies: ['10.0.0.1', 'fd00::/8'],
    isExposed: true,
    hasPython: true,
  });
  expect(parse(['--own-address', '2001:DB8:0::1', '--own-address', '203.0.113.5']).ownAddresses).toEqual([
    '2001:db8::1',
    '203.0.113.5',
  ]);
  expect(parse(['--allow', 'b.test:1', '--allow', 'c.test:2'], env).allow).toEqual(['b.test:1', 'c.test:2']);
});

test('variables without the prefix are somebody else’s', () => {
  const env = { HOST: 'x86_64-conda-linux-gnu', PORT: 'tcp://10.0.0.1:80', MODE: 'fast', TOKEN: '', EXPOSE: 'true' };
  expect(parse([], env)).toEqual(parse([]));
});

test.each([
  ...['true', 'yes', 'on', '1', 'TRUE', ' On '].map((text) => [text, true] as const),
  ...['false', 'no', 'off', '0', 'False', 'NO'].map((text) => [text, false] as const),
])('PLAYGROUND_EXPOSE=%s', (text, isExposed) => {
  expect(parse([], { PLAYGROUND_EXPOSE: text }).isExposed).toBe(isExposed);
});

test.each<[string, string, string]>([
  ['PLAYGROUND_TOKEN', '', 'PLAYGROUND_TOKEN cannot be "": expected a value, or the variable not set'],
  ['PLAYGROUND_HOST', ' ', 'PLAYGROUND_HOST cannot be " ": expected a value, or the variable not set'],
  ['PLAYGROUND_EXPOSE', '', 'PLAYGROUND_EXPOSE cannot be "": expected a value, or the variable not set'],
  ['PLAYGROUND_EXPOSE', 'nein', 'PLAYGROUND_EXPOSE cannot be "nein": expected true, yes, on, 1, false, no, off, 0'],
  ['PLAYGROUND_PORT', '70000', 'PLAYGROUND_PORT cannot be "70000": expected a number from 0 to 65535'],
  ['PLAYGROUND_TOKN', 'blue whale', 'PLAYGROUND_TOKN is not a setting'],
  ['PLAYGROUND_HELP', '1', 'PLAYGROUND_HELP is not a setting'],
  ['PLAYGROUND_PROXY', '10.0.0.1,', 'PLAYGROUND_PROXY cannot be "": expected an address, or a CIDR block from /1 on'],
])('%s=%s is one clear sentence', (name, text, sentence) => {
  expect(() => parseConfig([], { [name]: text })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: sentence }),
  );
});

test('a wrong token is not in the message', () => {
  const secret = 'blue whale'.repeat(30);
  expect(() => parseConfig(['--token', secret], {})).toThrow('--token must have 1 to 256 characters');
});

test('an origin is kept as browsers spell it', () => {
  expect(parse(['--origin', 'HTTPS://School.example:443/']).origins).toEqual(['https://school.example']);
});

test('--version is asked for by a flag, and by no variable', () => {
  expect(parseConfig(['--version'], {})).toBe('version');
  expect(() => parseConfig([], { PLAYGROUND_VERSION: 'true' })).toThrow('PLAYGROUND_VERSION is not a setting');
});

test('--help is asked for by a flag, and lists every option', () => {
  expect(parseConfig(['--help'], {})).toBe('help');
  for (const option of ['port', 'host', 'mode', 'allow', 'token', 'origin', 'proxy', 'metrics', 'log-level']) {
    expect(helpText('npm start --')).toContain(`--${option} `);
  }
});

describe('what cannot be is one clear sentence', () => {
  test.each<[string[], string]>([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['8080'], "Unexpected argument '8080'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--expose=false'], "Option '--expose' does not take an argument"],
    [['--port', '65536'], '--port cannot be "65536": expected a number from 0 to 65535'],
    [['--port', '0x50'], '--port cannot be "0x50": '],
    [['--host', '127.1'], '--host cannot be "127.1": expected an address or a name'],
    [['--host', 'http://localhost'], '--host cannot be "http://localhost": '],
    [['--mode', 'Open'], '--mode cannot be "Open": expected class, allow-list, open'],
    [['--mode', 'allow-list'], '--mode allow-list needs at least one --allow'],
    [['--allow', 'a.test:80'], '--allow needs --mode allow-list or --mode open'],
    [['--mode', 'open', '--allow', 'a.test'], '--allow cannot be "a.test": expected HOST:PORT'],
    [['--origin', 'school.example'], '--origin cannot be "school.example": expected http://HOST or https://HOST'],
    [['--origin', 'https://school.example/sockets/'], '--origin cannot be'],
    [['--origin', 'javascript:alert(1)'], '--origin cannot be'],
    [['--origin', '*'], '--origin cannot be'],
    [['--host-name', '*.example'], '--host-name cannot be "*.example": expected a name'],
    [['--host-name', '192.168.1.5'], 'expected a name; for an address --origin http://192.168.1.5:PORT'],
    [['--proxy', 'loopback'], '--proxy cannot be "loopback": expected an address, or a CIDR block'],
    [['--proxy', '0.0.0.0/0'], '--proxy cannot be "0.0.0.0/0": '],
    [['--proxy', '::/0'], '--proxy cannot be "::/0": '],
    [['--proxy', '10.0.0.0/33'], '--proxy cannot be'],
    [['--proxy', '10.0.0.1/8/8'], '--proxy cannot be'],
    [['--proxy', 'fd00::/129'], '--proxy cannot be'],
    [['--metrics', 'everybody'], '--metrics cannot be "everybody": expected local, all, off'],
    [['--token', ''], '--token must have 1 to 256 characters'],
    [['--own-address', 'school.example'], '--own-address cannot be "school.example": expected an address'],
    [['--own-address', '203.0.113.0/24'], '--own-address cannot be'],
    [['--listen-ports', '30000'], '--listen-ports cannot be "30000": expected FROM-TO, such as 20000-29999'],
    [['--listen-ports', '30000-20000'], '--listen-ports cannot be "30000-20000": '],
    [['--listen-ports', '0-10'], '--listen-ports cannot be "0-10": '],
    [['--listen-ports', '1-65536'], '--listen-ports cannot be'],
    [['--lab-ports', '8009'], '--lab-ports cannot be "8009": expected preferred, 0'],
    [['--log-level', 'loud'], '--log-level cannot be "loud": expected silent'],
  ])('%j', (args, sentence) => {
    expect(() => parseConfig(args, {})).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(sentence) }),
    );
    expect(() => parseConfig(args, {})).toThrow(/^[^\n]+$/);
  });
});

test('a node has a name that an address can have', () => {
  expect(parse(['--node', 'school-1']).node).toBe('school-1');
  for (const name of ['School', 'a.b', 'a/b', '', 'x'.repeat(33)]) {
    expect(() => parse(['--node', name])).toThrow('--node');
  }
});

describe('class rooms', () => {
  test.each<[string[], object]>([
    [['--rooms', 'off'], { rooms: undefined }],
    [['--token', 'x'], { rooms: 'token', token: 'x' }],
    [['--entry', 'room'], { rooms: 'room' }],
    [['--entry', 'room', '--token', 'x'], { rooms: 'room', token: 'x' }],
    [['--state', 'none'], { state: undefined }],
    [['--state', '/var/lib/playground'], { state: '/var/lib/playground' }],
    [['--keep-rooms', '0'], { keepRooms: 0 }],
  ])('%j', (args, expected) => {
    expect(parse(args)).toMatchObject(expected);
  });
  test.each([
    [['--rooms', 'maybe']],
    [['--entry', 'token']],
    [['--entry', 'open', '--token', 'x']],
    [['--rooms', 'off', '--entry', 'room']],
    [['--state', ' ']],
    [['--keep-rooms', '-1']],
    [['--keep-rooms', '1.5']],
    [['--keep-rooms', '4000']],
  ])('%j is refused', (args) => {
    expect(() => parse(args)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
