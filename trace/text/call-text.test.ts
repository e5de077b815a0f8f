import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import type { TraceEvent } from '../event.ts';
import { callText, formatCall, pythonAddress } from './call-text.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'call'>;
function written(told: Told, bytes?: Uint8Array): string {
  const blank = { at: 0, end: 'local', argument: undefined, direction: undefined, offset: 0, count: 0 } as const;
  return formatCall(callText({ ...blank, text: '', error: undefined, took: undefined, ...told }, bytes));
}

test.each<[Told, string]>([
  [{ call: 'socket', text: 'AF_INET, SOCK_STREAM' }, 'socket(AF_INET, SOCK_STREAM)'],
  [{ call: 'bind', text: '127.0.0.1:8009' }, "bind(('127.0.0.1', 8009))"],
  [{ call: 'listen', argument: 5 }, 'listen(5)'],
  [{ call: 'socket', text: 'AF_INET, SOCK_STREAM' }, 'socket(AF_INET, SOCK_STREAM)'],
  [{ call: 'setsockopt', text: 'SO_REUSEADDR 0' }, 'setsockopt(SOL_SOCKET, SO_REUSEADDR, 0)'],
  [{ call: 'setsockopt', text: 'TCP_NODELAY 1' }, 'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)'],
  [{ call: 'setsockopt', text: 'SO_LINGER 1 0' }, "setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))"],
  [{ call: 'setsockopt', text: 'SO_SNDBUF 9', error: 'EINVAL' }, 'setsockopt(SOL_SOCKET, SO_SNDBUF, 9) → EINVAL'],
  [{ call: 'setsockopt', text: 'receiveSize 4' }, '# receiveSize 4'],
  [{ call: 'select', text: 'POLLIN | POLLHUP' }, 'select() → POLLIN | POLLHUP'],
  [{ call: 'getaddrinfo', text: 'localhost ::1 127.0.0.1' }, "getaddrinfo('localhost') → ::1 127.0.0.1"],
  [{ call: 'getaddrinfo', text: 'nohost', error: 'NAME_UNRESOLVED' }, "getaddrinfo('nohost') → NAME_UNRESOLVED"],
  [{ call: 'accept', text: '127.0.0.1:55378' }, "accept() → ('127.0.0.1', 55378)"],
  [{ call: 'connect', text: '[::1]:8009' }, "connect(('::1', 8009))"],
  [{ call: 'connect', text: '/tmp/echo.sock' }, "connect('/tmp/echo.sock')"],
  [{ call: 'connect', text: '127.0.0.1:9999', error: 'ECONNREFUSED' }, "connect(('127.0.0.1', 9999)) → ECONNREFUSED"],
  [{ call: 'send', count: 41 }, 'send(41 B) → 41'],
  [{ call: 'send', count: 41, given: 100 }, 'send(100 B) → 41'],
  [{ call: 'send', given: 100, error: 'ECONNRESET' }, 'send(100 B) → ECONNRESET'],
  [{ call: 'send', count: 300_000, given: 300_000, variant: 'sendall' }, 'sendall(300000 B)'],
  [{ call: 'recv', argument: 4, count: 4, variant: 'MSG_PEEK' }, 'recv(4, MSG_PEEK) → 4 B'],
  [{ call: 'recv', argument: 1024, count: 41 }, 'recv(1024) → 41 B'],
  [{ call: 'recv', argument: 1024 }, "recv(1024) → b''"],
  [{ call: 'recv', argument: 1024, error: 'ECONNRESET' }, 'recv(1024) → ECONNRESET'],
  [
    { call: 'recvfrom', argument: 1024, count: 12, text: '127.0.0.1:40000' },
    "recvfrom(1024) → (12 B, ('127.0.0.1', 40000))",
  ],
  [
    { call: 'recvfrom', argument: 5, count: 5, whole: 12, text: '127.0.0.1:40000' },
    "recvfrom(5) → (5 of 12 B, ('127.0.0.1', 40000))",
  ],
  [{ call: 'shutdown', text: 'SHUT_WR' }, 'shutdown(SHUT_WR)'],
  [{ call: 'shutdown' }, 'shutdown(SHUT_WR)'],
  [{ call: 'shutdown', argument: 2 }, 'shutdown(SHUT_RDWR)'],
  [{ call: 'close' }, 'close()'],
  [{ call: 'reset' }, 'close() → RST'],
  [{ call: 'print', text: 'waiting for connection...' }, "print('waiting for connection...')"],
  [{ call: 'print', text: "it's" }, 'print("it\'s")'],
])('%j is written %s', (told, text) => {
  expect(written(told)).toBe(text);
});

test('a send shows what it was given, cut where it is long', () => {
  const hello = encodeUtf8('hello python');
  expect(written({ call: 'send', count: 12 }, hello)).toBe("send(b'hello python') → 12");
  const text = written({ call: 'send', count: 500 }, encodeUtf8('0123456789'.repeat(50)));
  expect(text).toBe("send(b'012345678901234567890123…') → 500");
});

test('a datagram says where it goes', () => {
  const told = { call: 'sendto', count: 2, text: '127.0.0.1:8011' } as const;
  expect(written(told, encodeUtf8('hi'))).toBe("sendto(b'hi', ('127.0.0.1', 8011)) → 2");
});

test('an address that a call returned is a tuple as Python has it: of four for IPv6, bytes for an abstract Unix name', () => {
  expect(written({ call: 'accept', text: '[::1]:5000' })).toBe("accept() → ('::1', 5000, 0, 0)");
  expect(written({ call: 'recvfrom', argument: 8, count: 2, text: '[::1]:53' })).toBe(
    "recvfrom(8) → (2 B, ('::1', 53, 0, 0))",
  );
  expect(written({ call: 'connect', text: '[::1]:5000' })).toBe("connect(('::1', 5000))");
  expect(written({ call: 'accept', text: '@echo' })).toBe("accept() → b'\\x00echo'");
});

test('an address that is none stays as it is', () => {
  expect(pythonAddress('nowhere')).toBe("'nowhere'");
});
