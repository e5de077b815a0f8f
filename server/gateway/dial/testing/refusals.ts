import type { ErrorCode } from '../../../../protocol/errors.ts';
import type { PolicyMode } from '../../../../protocol/messages/session.ts';
import type { Port } from '../../../../protocol/units.ts';
import type { TransportProtocol } from '../policy.ts';

/**
 * Ports that are known only when something listens: a lab server's, one of a program that is nobody's business (it listens
 * on all addresses of the machine), the page's own, and one where nobody listens.
 */
export type NamedPort = 'lab' | 'service' | 'page' | 'vacant';

/** `reached`: dialled. `vacant`: dialled on loopback, for the kernel's ECONNREFUSED. Otherwise why it is not dialled. */
export type Verdict = 'reached' | 'vacant' | ErrorCode;

export type Destination = {
  readonly host: string;
  readonly port: Port | NamedPort;
  readonly mode: PolicyMode;
  /** `--allow`; `service` in it stands for that port. */
  readonly allow: readonly string[];
  readonly transport: TransportProtocol;
  readonly verdict: Verdict;
};

/** What the name server of the tests says: addresses, or `=name` for an alias; an empty list is an empty answer. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.localdomain': ['127.0.0.1'],
  'public.test': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'alias.test': ['=public.test'],
  'alias-to-private.test': ['=private.test'],
  'private.test': ['10.1.2.3'],
  'loopback.test': ['127.0.0.1'],
  'loopback6.test': ['::1'],
  'nobody.test': ['0.0.0.0'],
  'metadata.test': ['169.254.169.254'],
  'link-local.test': ['169.254.7.7'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'nat64.test': ['64:ff9b::7f00:1'],
  'mixed.test': ['93.184.215.14', '127.0.0.1'],
  'mixed-last.test': ['93.184.215.14', '93.184.215.15', '93.184.215.16', '10.0.0.1'],
  'mixed6.test': ['93.184.215.14', 'fd00::1'],
  'empty.test': [],
};

/** No host at all, whatever the mode: neither an address in its one strict form nor a name. */
const NO_HOSTS = `
0177.0.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 127.1 127.0.1 127.0.0.01 127.0.0.1. 127.0.0.0x1 00000177.0.0.1
127..0.1 .127.0.0.1 127.0.0.256 1.2.3.4.5 0 127.0.0.1%00 １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 ١٢٧.0.0.1 127.0.0.1:8009
127.0.0.1/8 127.0.0.1#x 127.0.0.1?x 127.0.0.1\\ user@127.0.0.1 http://127.0.0.1 //127.0.0.1 [127.0.0.1] [localhost]
localhost. localhost; localhost:80 ::1%lo fe80::1%eth0 fe80::1%25eth0 [::1 ::1] [[::1]] ::: 1::2::3 ::g 12345:: ::1.2.3
::256.1.1.1 ::ffff:0x7f.0.0.1 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 example.test. a..test -a.test a-.test a_b.test xn--.test- 日本.test
ｅxample.test \u212a.test \u017f.test exa\u200bmple.test exa\u00admple.test $(id).test ../etc/passwd /var/run/docker.sock * test.1
`
  .trim()
  .split(/\s+/)
  .concat(['', ' ', 'localhost\0', 'localhost\0.test', '127.0.0.1\0', '127.0.0.1 x', 'a\nb', `${'a'.repeat(64)}.test`])
  .concat([`${'a.'.repeat(125)}test`]);

/** Special addresses: not in open mode, and not within a wide `--allow` where no list may have them. */
const NEVER = `
0.0.0.0 0.1.2.3 :: 0::0 0:0:0:0:0:0:0:0 224.0.0.1 239.255.255.255 255.255.255.255 ff02::1 ff05::2
169.254.169.254 169.254.170.2 168.63.129.16 100.100.100.200 fd00:ec2::254 FD00:0EC2:0:0:0:0:0:254
192.0.0.192 169.254.0.23 169.254.42.42 fd20:ce::254 fd00:42::42 fd00:a9fe:a9fe::1 fd00:c1::a9fe:a9fe fe80::a9fe:a9fe
::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:7f00:1 ::FFFF:10.0.0.1 ::ffff:169.254.169.254 ::ffff:93.184.215.14
::127.0.0.1 ::7f00:1 ::10.0.0.1 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::a00:1
2002:7f00:1:: 2002:a00:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
`;
const NOT_PUBLIC = `
10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1
192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 240.0.0.1
fe80::1 fc00::1 fd12:3456:789a::1 2001:db8::1 2001:20::1 3fff::1 100::1 2620:4f:8000::1 5f00::1 4000::1
`;
const PUBLIC = `
8.8.8.8 1.1.1.1 9.255.255.255 11.0.0.1 126.255.255.255 128.0.0.1 172.15.255.255 172.32.0.1 192.167.255.255 192.169.0.1
223.255.255.255 93.184.215.14 2606:4700:4700::1111 2001:4860:4860:0:0:0:0:8888 2A00:1450::1 public.test alias.test
`;
const words = (text: string): string[] => text.trim().split(/\s+/);

type Row = readonly [host: string, port: Port | NamedPort, verdict: Verdict];
const WIDE = ['0.0.0.0/0:*', '[::/0]:*'];

function rows(mode: PolicyMode, allow: readonly string[], of: readonly Row[], transport: TransportProtocol = 'tcp') {
  return of.map(([host, port, verdict]): Destination => ({ host, port, mode, allow, transport, verdict }));
}
function all(hosts: readonly string[], port: Port | NamedPort, verdict: Verdict): Row[] {
  return hosts.map((host) => [host, port, verdict]);
}

export const DESTINATIONS: readonly Destination[] = [
  ...rows('open', [], all(NO_HOSTS, 80, 'HOST_INVALID')),
  ...rows('open', [], all([...words(NEVER), ...words(NOT_PUBLIC)], 80, 'ADDRESS_FORBIDDEN')),
  ...rows('allow-list', WIDE, all(words(NEVER), 80, 'ADDRESS_FORBIDDEN')),
  ...rows('open', [], all(words(PUBLIC), 443, 'reached')),
  ...rows(
    'open',
    [],
    [
      ...[0, 25, 465, 587].map((port): Row => ['public.test', port, 'PORT_FORBIDDEN']),
      ...[1, 24, 26, 65_535].map((port): Row => ['public.test', port, 'reached']),
      ...all(['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1', 'localhost'], 'service', 'ADDRESS_FORBIDDEN'),
      ...all(['127.0.0.1', '127.0.0.2', '::1', 'localhost', 'loopback.test'], 'page', 'TARGET_FORBIDDEN'),
      ...all(words('loopback.test loopback6.test localhost.localdomain'), 'service', 'ADDRESS_FORBIDDEN'),
      ...all(
        words('private.test alias-to-private.test nobody.test metadata.test link-local.test'),
        80,
        'ADDRESS_FORBIDDEN',
      ),
      ...all(words('mapped.test nat64.test mixed-last.test mixed6.test'), 80, 'ADDRESS_FORBIDDEN'),
      ['mixed.test', 'service', 'ADDRESS_FORBIDDEN'],
      ...all(['empty.test', 'no-such-name.test'], 80, 'NAME_UNRESOLVED'),
      ['127.0.0.1', 'lab', 'reached'],
      ['127.0.0.1', 'vacant', 'vacant'],
    ],
  ),
  ...rows(
    'open',
    ['10.0.0.0/8:8000-8080', 'private.test:*'],
    [
      ['10.0.0.1', 8_000, 'reached'],
      ['10.0.0.1', 8_081, 'ADDRESS_FORBIDDEN'],
      ['private.test', 443, 'reached'],
      ['alias-to-private.test', 443, 'ADDRESS_FORBIDDEN'],
    ],
  ),
  ...rows(
    'class',
    [],
    [
      ...all(
        ['127.0.0.1', ' 127.0.0.1 ', '::1', '[::1]', '0:0:0:0:0:0:0:1', 'localhost', 'LocalHost'],
        'lab',
        'reached',
      ),
      ...all(['127.0.0.1', '127.0.0.2', '::1', 'localhost'], 'vacant', 'vacant'),
      ['127.0.0.2', 'lab', 'vacant'],
      ...all(
        words('127.0.0.1 127.0.0.2 127.1.2.3 ::1 localhost loopback.test loopback6.test'),
        'service',
        'TARGET_FORBIDDEN',
      ),
      ...all(words('127.0.0.1 127.0.0.9 ::1 localhost'), 'page', 'TARGET_FORBIDDEN'),
      ...all(
        words('8.8.8.8 10.0.0.1 192.168.0.1 172.16.0.1 fe80::1 fd00::1 2606:4700:4700::1111'),
        80,
        'TARGET_FORBIDDEN',
      ),
      ...all(words('public.test private.test mixed.test mixed6.test'), 80, 'TARGET_FORBIDDEN'),
      ...all(words('0.0.0.0 :: ::ffff:127.0.0.1 0:0:0:0:0:ffff:7f00:1 ::127.0.0.1'), 'lab', 'ADDRESS_FORBIDDEN'),
      ...all(words('127.0.0.1 8.8.8.8 public.test'), 0, 'PORT_FORBIDDEN'),
    ],
  ),
  ...rows('class', ['8.8.8.8:53'], [['8.8.8.8', 53, 'TARGET_FORBIDDEN']]),
  ...rows(
    'allow-list',
    ['10.0.0.0/8:80', '192.168.1.7:1-100', '[fd00::/8]:*', 'Public.test:443', 'private.test:80'],
    [
      ['10.9.8.7', 80, 'reached'],
      ['192.168.1.7', 100, 'reached'],
      ['fd12:3456:789a::1', 9_999, 'reached'],
      ['public.TEST', 443, 'reached'],
      ['private.test', 80, 'reached'],
      ['127.0.0.1', 'lab', 'reached'],
      ['127.0.0.1', 'vacant', 'vacant'],
      ['10.9.8.7', 81, 'TARGET_FORBIDDEN'],
      ['11.0.0.1', 80, 'TARGET_FORBIDDEN'],
      ['192.168.1.7', 101, 'TARGET_FORBIDDEN'],
      ['192.168.1.8', 80, 'TARGET_FORBIDDEN'],
      ['fe80::1', 80, 'TARGET_FORBIDDEN'],
      ['fd00:ec2::254', 80, 'ADDRESS_FORBIDDEN'],
      ['::ffff:10.9.8.7', 80, 'ADDRESS_FORBIDDEN'],
      ['public.test', 444, 'TARGET_FORBIDDEN'],
      ['www.public.test', 443, 'NAME_UNRESOLVED'],
      ['alias.test', 443, 'TARGET_FORBIDDEN'],
      ['93.184.215.14', 443, 'TARGET_FORBIDDEN'],
      ['127.0.0.1', 'service', 'TARGET_FORBIDDEN'],
    ],
  ),
  // A block of one family allows none of the other.
  ...rows('allow-list', ['[::/0]:*'], all(words('8.8.8.8 10.0.0.1 127.0.0.1'), 'service', 'TARGET_FORBIDDEN')),
  ...rows('allow-list', ['0.0.0.0/0:*'], all(words('2606:4700:4700::1111 fd12::1 ::1'), 'service', 'TARGET_FORBIDDEN')),
  // A name that was allowed is not a way to this machine, wherever its name server may point it.
  ...rows('allow-list', words('loopback.test:* loopback6.test:* link-local.test:* mixed.test:* metadata.test:*'), [
    ...all(words('loopback.test loopback6.test mixed.test'), 'service', 'TARGET_FORBIDDEN'),
    ['link-local.test', 80, 'TARGET_FORBIDDEN'],
    ['metadata.test', 80, 'ADDRESS_FORBIDDEN'],
  ]),
  ...rows(
    'allow-list',
    ['localhost:service', '127.0.0.2:service'],
    [
      ['localhost', 'service', 'reached'],
      ['127.0.0.2', 'service', 'reached'],
      ['127.0.0.1', 'service', 'TARGET_FORBIDDEN'],
    ],
  ),
  // Whoever reached the page from here would be taken for a program of this machine.
  ...rows('allow-list', WIDE, all(words('127.0.0.1 127.0.0.2 ::1 localhost'), 'page', 'TARGET_FORBIDDEN')),
  ...rows(
    'class',
    [],
    [
      ['127.0.0.1', 'service', 'TARGET_FORBIDDEN'],
      ['127.0.0.1', 'vacant', 'TARGET_FORBIDDEN'],
      ['8.8.8.8', 53, 'TARGET_FORBIDDEN'],
      ...all(words('224.0.0.251 ff02::fb 255.255.255.255 0.0.0.0 ::ffff:127.0.0.1'), 5_353, 'ADDRESS_FORBIDDEN'),
      ['public.test', 53, 'TARGET_FORBIDDEN'],
      ['0x7f.1', 53, 'HOST_INVALID'],
      ['127.0.0.1', 0, 'PORT_FORBIDDEN'],
    ],
    'udp',
  ),
  ...rows(
    'open',
    WIDE,
    all(words('224.0.0.251 239.255.255.250 255.255.255.255 ff02::fb'), 1_900, 'ADDRESS_FORBIDDEN'),
    'udp',
  ),
  ...rows(
    'open',
    [],
    [
      ['8.8.8.8', 53, 'reached'],
      ['192.168.1.255', 137, 'ADDRESS_FORBIDDEN'],
    ],
    'udp',
  ),
];
