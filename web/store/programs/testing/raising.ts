import { ERRNO_NAMES, type SocketErrorCode } from '../../../../protocol/errors.ts';
import { en } from '../../../i18n/en.ts';
import type { Typed } from '../../../i18n/typed-error.ts';
import { typedError } from '../../../i18n/typed-error.ts';

/** One piece of Python, and the line with which it ends; undefined: it raises nothing. */
export type Raising = {
  readonly name: string;
  readonly source: string;
  readonly line: string | undefined;
  /** Where it can be run alike: with every Python on Linux, with 3.14 alone, or not in the tab. */
  readonly on: 'any' | '3.14' | 'native';
};

/** Provokes the error of a code on a socket: the class, number and words are then the system's and Python's own. */
const CALLS: readonly (readonly [SocketErrorCode, string, Raising['on']?])[] = [
  ['EBADF', 's = socket.socket()\ns.close()\ns.recv(1)'],
  ['EAGAIN', "s = socket.create_server(('127.0.0.1', 0))\ns.setblocking(False)\ns.accept()"],
  ['EINVAL', 'socket.socket().accept()'],
  ['EPIPE', 'socket.socket().send(b"x")'],
  [
    'SOCKET_CLOSED',
    "s = socket.create_server(('127.0.0.1', 0))\na = socket.create_connection(s.getsockname())\na.shutdown(socket.SHUT_WR)\na.send(b'x')",
  ],
  ['ENOTSOCK', 'import os\nsocket.socket(fileno=os.open("/dev/null", os.O_RDONLY))', 'native'],
  ['EDESTADDRREQ', 'socket.socket(type=socket.SOCK_DGRAM).send(b"x")'],
  ['EMSGSIZE', 'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x" * 70_000, ("127.0.0.1", 9))'],
  ['ENOPROTOOPT', 'socket.socket().getsockopt(socket.SOL_SOCKET, 9999)'],
  ['EPROTONOSUPPORT', 'socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP)'],
  ['ESOCKTNOSUPPORT', 'socket.socket(socket.AF_INET, socket.SOCK_RDM)'],
  ['EOPNOTSUPP', 'socket.socket(type=socket.SOCK_DGRAM).listen()'],
  ['EAFNOSUPPORT', 'socket.socket(99)'],
  ['EADDRINUSE', "s = socket.create_server(('127.0.0.1', 0))\nsocket.socket().bind(s.getsockname())"],
  ['EADDRNOTAVAIL', 'socket.socket().bind(("8.8.8.8", 25000))'],
  [
    'ECONNRESET',
    "s = socket.create_server(('127.0.0.1', 0))\na = socket.create_connection(s.getsockname())\nb, _ = s.accept()\n" +
      "b.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))\nb.close()\na.recv(1)",
  ],
  [
    'EISCONN',
    "s = socket.create_server(('127.0.0.1', 0))\na = socket.create_connection(s.getsockname())\na.connect(s.getsockname())",
  ],
  ['ENOTCONN', 'socket.socket().recv(1)'],
  ['ECONNREFUSED', 'socket.socket().connect(("127.0.0.1", 1))'],
  ['CONNECT_TIMEOUT', "s = socket.create_server(('127.0.0.1', 0))\ns.settimeout(0.01)\ns.accept()"],
  // What a resolver says of a name without its server hangs on the machine.
  ['NAME_UNRESOLVED', 'socket.socket().connect(("no-such-host.invalid", 80))', '3.14'],
  ['ENOENT', 'socket.socket(socket.AF_UNIX).connect("/no-such-socket")', 'native'],
];

const ESCAPES = [
  '\\q',
  'ab\\x4',
  '\\x4g',
  'end\\',
  'a\nb\\',
  '\\u12',
  '\\400',
  '你\\x4',
  '\\q\\x4',
  '\\\\\\',
  'a\nb\\xg',
  '\\',
];
const HEX = ['6', '68 6', '68 zz', '6 8', '68:6', '6é', '68\n6z', 'zz', '6866 7', '0x', '68 6\t'];
const PORTS = ['', 'abc', '-1', '65536', '99999', '4294967296', '8009.5', '1e3', '.5', '+80', '0080000', '000000'];
const HOSTS = [
  '',
  '1.2.3',
  '0x7f.1',
  '127,0,0,1',
  'http://x/',
  '256.1.1.1',
  'a..b',
  '09.1',
  '1.2.3.4.5',
  '127.1.65536',
];

function typed(code: SocketErrorCode, input: Typed): string | undefined {
  const { python } = typedError(en, code, input);
  return python.startsWith('nothing') ? undefined : python;
}
/** A text as Python writes it. */
const literal = (text: string): string => JSON.stringify(text);

/** Every line of the catalogue that says what Python raises. */
export const RAISING: readonly Raising[] = [
  ...CALLS.map(([code, source, on = 'any' as const]) => ({ name: code, source, line: en.errors[code].python, on })),
  ...ERRNO_NAMES.map(
    (name): Raising => ({
      name: `${name} by number`,
      source: `raise OSError(errno.${name}, os.strerror(errno.${name}))`,
      line: en.errors[name].python,
      on: 'any',
    }),
  ),
  ...ESCAPES.map((text): Raising => {
    const quotes = text.includes('\n') ? "'''" : "'";
    const line = typed('ESCAPE_INVALID', { text, position: text.indexOf('\\') });
    const on = line?.includes('unterminated') ? '3.14' : 'any';
    return { name: `b${quotes}${text}${quotes}`, source: `eval(${literal(`b${quotes}${text}${quotes}`)})`, line, on };
  }),
  ...HEX.map((text): Raising => {
    const line = typed('HEX_INVALID', { text });
    const source = `bytes.fromhex(${literal(text)})`;
    return { name: source, source, line, on: line?.includes('even') ? '3.14' : 'any' };
  }),
  ...PORTS.flatMap((text): Raising[] => {
    const isNumber = /^[+-]?[\d.]/.test(text);
    const value = isNumber ? text : literal(text);
    return (['connect', 'bind'] as const).map((call) => {
      const source = `eval(${literal(`socket.socket().${call}(("127.0.0.1", ${value}))`)})`;
      return { name: `${call} ${text}`, source, line: typed('PORT_INVALID', { text, call }), on: 'any' };
    });
  }),
  ...HOSTS.map(
    (text): Raising => ({
      name: `host ${text}`,
      source: `socket.getaddrinfo(${literal(text)} or None, 80)`,
      line: typed('HOST_INVALID', { text }),
      on: '3.14',
    }),
  ),
];

/** Prints, of each, a line of JSON: what it raised; or null. An OSError that is not asked after (no port, no network) is null too. */
export function programOf(raising: readonly Raising[]): string {
  return `import errno, json, os, socket, struct, traceback, warnings

warnings.simplefilter('ignore')
for source, is_quiet in json.loads(${literal(JSON.stringify(raising.map(({ source, line }) => [source, line === undefined])))}):
    try:
        exec(source)
        said = None
    except BaseException as error:
        lines = traceback.format_exception_only(error)
        said = None if is_quiet and isinstance(error, (ConnectionError, PermissionError)) else lines[-1].strip()
    print(json.dumps(said))
`;
}
