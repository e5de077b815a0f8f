import { describe, expect, test } from 'vitest';
import { type Config, helpText, parseConfig } from './config.ts';

function parse(args: readonly string[], env: Record<string, string> = {}): Config {
  const config = parseConfig(args, env);
  if (config === 'help') throw new Error('help was not asked for');
  return config;
}

test('without options it is closed: loopback, class, metrics for this machine, no proxy believed', () => {
  expect(parse([])).toEqual({
    host: '127.0.0.1',
    port: undefined,
    mode: 'class',
    allow: [],
    token: undefined,
    origins: [],
    hostNames: [],
    listenPorts: { from: 20_000, to: 29_999 },
    isExposed: false,
    labPorts: 'preferred',
    logLevel: 'warn',
    metrics: 'local',
    proxies: [],
    ownAddresses: [],
  });
});

test('a flag wins over the environment, and what may be there often is a list with commas there', () => {
  const env = { PORT: '9000', MODE: 'open', ALLOW: '10.0.0.0/8:80, a.test:*', PROXY: '10.0.0.1,fd00::/8', EXPOSE: '1' };
  expect(parse(['--port', '0'], env)).toMatchObject({
    port: 0,
    mode: 'open',
    allow: ['10.0.0.0/8:80', 'a.test:*'],
    proxies: ['10.0.0.1', 'fd00::/8'],
    isExposed: true,
  });
  expect(parse(['--own-address', '2001:DB8:0::1', '--own-address', '203.0.113.5']).ownAddresses).toEqual([
    '2001:db8::1',
    '203.0.113.5',
  ]);
  expect(parse(['--allow', 'b.test:1', '--allow', 'c.test:2'], env).allow).toEqual(['b.test:1', 'c.test:2']);
});

test('an origin is kept as browsers spell it', () => {
  expect(parse(['--origin', 'HTTPS://School.example:443/']).origins).toEqual(['https://school.example']);
});

test('--help is asked for by a flag, and lists every option', () => {
  expect(parseConfig(['--help'], {})).toBe('help');
  for (const option of ['port', 'host', 'mode', 'allow', 'token', 'origin', 'proxy', 'metrics', 'log-level']) {
    expect(helpText()).toContain(`--${option} `);
  }
});

describe('what cannot be is a clear error', () => {
  test.each([
    [['--prot', '1']],
    [['8080']],
    [['--port']],
    [['--port', '65536']],
    [['--port', '0x50']],
    [['--host', '127.1']],
    [['--host', 'http://localhost']],
    [['--mode', 'Open']],
    [['--origin', 'school.example']],
    [['--origin', 'https://school.example/sockets/']],
    [['--origin', 'javascript:alert(1)']],
    [['--origin', '*']],
    [['--host-name', '*.example']],
    [['--proxy', 'loopback']],
    [['--proxy', '10.0.0.0/33']],
    [['--proxy', '10.0.0.1/8/8']],
    [['--proxy', 'fd00::/129']],
    [['--metrics', 'everybody']],
    [['--token', '']],
    [['--token', 'x'.repeat(257)]],
    [['--allow', 'a.test:80']],
    [['--mode', 'class', '--allow', 'a.test:80']],
    [['--own-address', 'school.example']],
    [['--own-address', '203.0.113.0/24']],
    [['--listen-ports', '30000-20000']],
    [['--listen-ports', '0-10']],
    [['--lab-ports', '8009']],
    [['--log-level', 'loud']],
  ])('%j', (args) => {
    expect(() => parseConfig(args, {})).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
