import { describe, expect, test } from 'vitest';
import { AllowedHosts } from './allowed-hosts.ts';

function allowedHosts(options: {
  host?: string;
  hostNames?: string[];
  origins?: string[];
  port?: number;
}): AllowedHosts {
  const { host = '127.0.0.1', hostNames = [], origins = [], port = 8_080 } = options;
  const made = new AllowedHosts({ host, hostNames, origins, ownAddresses: () => ['192.168.1.5', 'fd00::5'] });
  made.open(port);
  return made;
}
const local = allowedHosts({});
const classroom = allowedHosts({ host: '0.0.0.0', hostNames: ['teacher.local'] });
const proxied = allowedHosts({ origins: ['https://school.example', 'https://school.example:8443'] });
const onPort80 = allowedHosts({ port: 80 });

describe('Host', () => {
  test.each<[string, AllowedHosts, string]>([
    ['loopback', local, '127.0.0.1:8080'],
    ['loopback by name', local, 'localhost:8080'],
    ['any case', local, 'LocalHost:8080'],
    ['IPv6 loopback', local, '[::1]:8080'],
    ['an address of the machine', classroom, '192.168.1.5:8080'],
    ['an IPv6 address of the machine', classroom, '[fd00::5]:8080'],
    ['a name that was given', classroom, 'teacher.local:8080'],
    ['the origin behind a proxy', proxied, 'school.example'],
    ['that on another port', proxied, 'school.example:8443'],
    ['the proxy’s own request to us', proxied, '127.0.0.1:8080'],
    ['port 80 unsaid', onPort80, 'localhost'],
    ['port 80 said', onPort80, 'localhost:80'],
  ])('%s is let in', (_what, { isHostAllowed }, host) => expect(isHostAllowed(host)).toBe(true));

  test.each<[string, AllowedHosts, string | undefined]>([
    ['none', local, undefined],
    ['nothing', local, ''],
    ['no port', local, '127.0.0.1'],
    ['another port', local, '127.0.0.1:8081'],
    ['another loopback address', local, '127.0.0.2:8080'],
    ['a name that resolves here', local, '127.0.0.1.nip.io:8080'],
    ['a suffix', local, 'evil-localhost:8080'],
    ['a subdomain', local, 'localhost.evil.example:8080'],
    ['a trailing dot', local, 'localhost.:8080'],
    ['an unbracketed IPv6 address', local, '::1:8080'],
    ['a mapped address', local, '[::ffff:127.0.0.1]:8080'],
    ['a user before it', local, 'x@localhost:8080'],
    ['two of them', local, 'localhost:8080, evil.example'],
    ['an address of the machine that is not served', local, '192.168.1.5:8080'],
    ['the wildcard itself', classroom, '0.0.0.0:8080'],
    ['somebody else’s name', classroom, 'evil.example:8080'],
    ['a suffix of the proxy’s', proxied, 'evilschool.example'],
    ['a subdomain of the proxy’s', proxied, 'x.school.example'],
    ['the proxy’s name on our port', proxied, 'school.example:8080'],
  ])('%s is turned away', (_what, { isHostAllowed }, host) => expect(isHostAllowed(host)).toBe(false));
});

describe('Origin', () => {
  test.each<[string, AllowedHosts, string]>([
    ['the page’s own', local, 'http://127.0.0.1:8080'],
    ['by name', local, 'http://localhost:8080'],
    ['by IPv6', local, 'http://[::1]:8080'],
    ['of a class', classroom, 'http://192.168.1.5:8080'],
    ['by a given name', classroom, 'http://teacher.local:8080'],
    ['behind a proxy', proxied, 'https://school.example'],
    ['behind a proxy on a port', proxied, 'https://school.example:8443'],
    ['port 80 unsaid, as browsers do', onPort80, 'http://localhost'],
  ])('%s is let in', (_what, { isOriginAllowed }, origin) => expect(isOriginAllowed(origin)).toBe(true));

  test.each<[string, AllowedHosts, string | undefined]>([
    ['none', local, undefined],
    ['nothing', local, ''],
    ['null', local, 'null'],
    ['another scheme', local, 'https://127.0.0.1:8080'],
    ['another port', local, 'http://127.0.0.1:8081'],
    ['no port', local, 'http://127.0.0.1'],
    ['another case, which no browser sends', local, 'http://LOCALHOST:8080'],
    ['a path', local, 'http://127.0.0.1:8080/'],
    ['a suffix', local, 'http://127.0.0.1:8080.evil.example'],
    ['a prefix', local, 'http://evil127.0.0.1:8080'],
    ['a user before it', local, 'http://x@127.0.0.1:8080'],
    ['a file', local, 'file://'],
    ['an extension', local, 'chrome-extension://abcdefghijklmnop'],
    ['a name that resolves here', local, 'http://rebind.evil.example:8080'],
    ['without TLS', proxied, 'http://school.example'],
    ['a suffix of the proxy’s', proxied, 'https://evilschool.example'],
    ['the proxy’s with a path', proxied, 'https://school.example/sub/'],
    ['a subdomain of the proxy’s', proxied, 'https://x.school.example'],
    ['an unbracketed IPv6 address', local, 'http://::1:8080'],
  ])('%s is turned away', (_what, { isOriginAllowed }, origin) => expect(isOriginAllowed(origin)).toBe(false));
});

test('nobody is let in before the port is known', () => {
  const closed = new AllowedHosts({
    host: '127.0.0.1',
    hostNames: [],
    origins: ['https://x.example'],
    ownAddresses: () => [],
  });
  expect(closed.isHostAllowed('x.example')).toBe(false);
  expect(closed.isOriginAllowed('https://x.example')).toBe(false);
});

test('an address that the machine gets later is known when it is asked for', () => {
  const addresses = ['192.168.1.5'];
  const changing = new AllowedHosts({ host: '::', hostNames: [], origins: [], ownAddresses: () => addresses });
  changing.open(8_080);
  expect(changing.isHostAllowed('10.0.0.9:8080')).toBe(false);
  addresses.push('10.0.0.9');
  expect(changing.isHostAllowed('10.0.0.9:8080')).toBe(true);
});
