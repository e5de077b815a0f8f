import { expect, test } from 'vitest';
import { en } from '../../i18n/en.ts';
import { zhCN } from '../../i18n/zh-CN.ts';
import { explain, type FaultKind, withFix } from './explanation.ts';

type Row = readonly [kind: FaultKind, type: string, message: string, text: string, to: string | undefined];
const NEEDS_BYTES = "a bytes-like object is required, not 'str'";

const ROWS: readonly Row[] = [
  ['text-not-bytes', 'TypeError', NEEDS_BYTES, "c.send('hello')", "c.send('hello'.encode())"],
  ['text-not-bytes', 'TypeError', NEEDS_BYTES, 'c.send(data)', 'c.send(data.encode())'],
  ['text-not-bytes', 'TypeError', NEEDS_BYTES, "c.send('hi', 0)", "c.send('hi'.encode(), 0)"],
  ['text-not-bytes', 'TypeError', NEEDS_BYTES, "u.sendto('a,b', to)", "u.sendto('a,b'.encode(), to)"],
  [
    'text-not-bytes',
    'TypeError',
    NEEDS_BYTES,
    "    t.send('[%s] %s' % (a(), b))",
    "    t.send(('[%s] %s' % (a(), b)).encode())",
  ],
  ['text-not-bytes', 'TypeError', NEEDS_BYTES, "c.sendall('a)b' + x)  # c", "c.sendall(('a)b' + x).encode())  # c"],
  ['text-beside-bytes', 'TypeError', NEEDS_BYTES, "d.split(' ')", "d.split(b' ')"],
  ['text-beside-bytes', 'TypeError', NEEDS_BYTES, 'd.replace(\'a\', "b")', 'd.replace(b\'a\', b"b")'],
  ['text-beside-bytes', 'TypeError', NEEDS_BYTES, "d.split(sep + ' ')", undefined],
  ['text-beside-bytes', 'TypeError', 'can only concatenate str (not "bytes") to str', "'got ' + data", undefined],
  [
    'address-not-pair',
    'TypeError',
    'socket.connect() takes exactly one argument (2 given)',
    "c.connect('h', 1)",
    "c.connect(('h', 1))",
  ],
  [
    'address-not-pair',
    'TypeError',
    'socket.connect() takes 2 positional arguments but 3 were given',
    'c.connect(h, p)',
    'c.connect((h, p))',
  ],
  [
    'port-not-number',
    'TypeError',
    "'str' object cannot be interpreted as an integer",
    "c.connect(('h', '8009'))",
    "c.connect(('h', 8009))",
  ],
  [
    'port-not-number',
    'TypeError',
    "'str' object cannot be interpreted as an integer",
    'c.connect((h, port))',
    'c.connect((h, int(port)))',
  ],
  [
    'indentation',
    'IndentationError',
    "expected an indented block after 'while' statement on line 1",
    'x = 1',
    undefined,
  ],
  [
    'python-2',
    'SyntaxError',
    "Missing parentheses in call to 'print'. Did you mean print(...)?",
    "    print 'a', b  # c",
    "    print('a', b)  # c",
  ],
  ['python-2', 'NameError', "name 'raw_input' is not defined", "d = raw_input('> ')", "d = input('> ')"],
  [
    'address-has-comma',
    'socket.gaierror',
    '[Errno -2] Name or service not known',
    "c.connect(('127,0.0.1', 8009))",
    "c.connect(('127.0.0.1', 8009))",
  ],
  [
    'name-unknown',
    'socket.gaierror',
    '[Errno -2] Name or service not known',
    "c.connect(('nowhere.invalid', 8009))",
    undefined,
  ],
  [
    'bytes-without-encoding',
    'TypeError',
    'string argument without an encoding',
    'c.send(bytes(data))',
    "c.send(bytes(data, 'utf-8'))",
  ],
  [
    'decode-on-text',
    'AttributeError',
    "'str' object has no attribute 'decode'. Did you mean: 'encode'?",
    "print(x.decode('utf-8'))",
    'print(x)',
  ],
  [
    'encode-on-bytes',
    'AttributeError',
    "'bytes' object has no attribute 'encode'. Did you mean: 'decode'?",
    'c.send(x.encode())',
    'c.send(x)',
  ],
  ['no-argument', 'IndexError', 'list index out of range', 'host = sys.argv[1]', undefined],
  ['no-such-module', 'ModuleNotFoundError', "No module named 'requests'", 'import requests', undefined],
  ['timed-out', 'TimeoutError', 'timed out', 'c.recv(1024)', undefined],
  ['nobody-listens', 'ConnectionRefusedError', '[Errno 111] Connection refused', 'c.connect(a)', undefined],
  [
    'not-allowed-here',
    'PermissionError',
    '[Errno 13] Permission denied (93.184.216.34 port 80 in mode class)',
    'c.connect(a)',
    undefined,
  ],
  [
    'no-broadcast',
    'PermissionError',
    '[Errno 13] Permission denied',
    "u.sendto(b'x', ('255.255.255.255', 9))",
    undefined,
  ],
  [
    'character-cut',
    'UnicodeDecodeError',
    "'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
    'd.decode()',
    undefined,
  ],
  ['port-in-use', 'OSError', '[Errno 98] Address already in use', "s.bind(('', 8009))", undefined],
  ['input-ended', 'EOFError', 'EOF when reading a line', 'input()', undefined],
];

test.each(ROWS)('%s: %s: %s', (kind, type, message, text, to) => {
  const explained = explain(text, { line: 1, type, message });
  expect(explained).toMatchObject({ kind, to });
  expect(explained && withFix(text, explained)).toBe(to ?? text);
});

test('each kind has its words, and they name what the case names', () => {
  for (const messages of [en, zhCN]) {
    const { kinds } = messages.program.fault;
    expect(new Set(Object.keys(kinds))).toEqual(new Set([...ROWS.map(([kind]) => kind), 'listener-not-connection']));
    expect(kinds['no-such-module'].what('requests')).toContain('requests');
    expect(kinds['not-allowed-here'].what('93.184.216.34 port 80 in mode class')).toContain('93.184.216.34');
  }
});

test('the accepted socket takes the place of the listening one', () => {
  const source = "s = socket()\nconn, addr = s.accept()\ns.send(b'x')\n";
  const explained = explain(source, { line: 3, type: 'BrokenPipeError', message: '[Errno 32] Broken pipe' });
  expect(explained?.kind).toBe('listener-not-connection');
  expect(explained && withFix(source, explained)).toBe("s = socket()\nconn, addr = s.accept()\nconn.send(b'x')\n");
});

test('text that is sent on the listener becomes bytes on the connection: one press is enough', () => {
  const source = "conn, addr = s.accept()\ns.send('[%s]' % x)\n";
  expect(explain(source, { line: 2, type: 'TypeError', message: NEEDS_BYTES })?.to).toBe(
    "conn.send(('[%s]' % x).encode())",
  );
});

test.each([
  ['a broken pipe on a connection', 'BrokenPipeError', '[Errno 32] Broken pipe', "conn.send(b'x')"],
  ['a port below 1024', 'PermissionError', '[Errno 13] Permission denied', "s.bind(('', 80))"],
  ['an index that has nothing to do with sys.argv', 'IndexError', 'list index out of range', 'x = parts[1]'],
])('%s is none of these', (_, type, message, text) => {
  expect(explain(`conn, addr = s.accept()\n${text}\n`, { line: 2, type, message })).toBeUndefined();
});
