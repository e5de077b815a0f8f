import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import type { TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';
import { pythonLine } from './python-line.ts';

function line(told: Partial<TraceEvent> & Pick<TraceEvent, 'call'>, kind: SocketKind = 'tcp', bytes?: string): string {
  const blank = {
    at: 1,
    end: 'local',
    argument: undefined,
    direction: undefined,
    offset: 0,
    count: 0,
    text: '',
  } as const;
  const event = { ...blank, error: undefined, took: undefined, ...told };
  return pythonLine(event, kind, bytes === undefined ? undefined : encodeUtf8(bytes));
}

test('a client, from its socket to its close', () => {
  expect(line({ call: 'socket', text: 'AF_INET, SOCK_STREAM' })).toBe(
    'client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
  );
  expect(line({ call: 'setsockopt', text: 'SO_REUSEADDR 1' })).toBe(
    'client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)',
  );
  expect(line({ call: 'connect', text: '127.0.0.1:8009' })).toBe("client.connect(('127.0.0.1', 8009))");
  expect(line({ call: 'send', count: 5, direction: 'sent' }, 'tcp', 'hello')).toBe("client.send(b'hello')");
  expect(line({ call: 'recv', argument: 1_024, count: 42 })).toBe('data = client.recv(1024)');
  expect(line({ call: 'recv', argument: 1_024, count: 4, variant: 'MSG_PEEK' })).toBe(
    'data = client.recv(1024, socket.MSG_PEEK)',
  );
  expect(line({ call: 'shutdown', text: 'SHUT_WR' })).toBe('client.shutdown(socket.SHUT_WR)');
  expect(line({ call: 'close' })).toBe('client.close()');
});

test('a server at the other end, and one of one’s own', () => {
  expect(line({ call: 'listen', argument: 5, end: 'peer' })).toBe('server.listen(5)');
  expect(line({ call: 'accept', text: '127.0.0.1:55378', end: 'peer' })).toBe('conn, address = server.accept()');
  expect(line({ call: 'recv', argument: 1_024, end: 'peer' })).toBe('data = conn.recv(1024)');
  expect(line({ call: 'accept', text: '127.0.0.1:55378' }, 'accepted')).toBe('conn, address = server.accept()');
  expect(line({ call: 'close' }, 'accepted')).toBe('conn.close()');
  expect(line({ call: 'close' }, 'listen')).toBe('server.close()');
  expect(line({ call: 'recvfrom', argument: 1_024, end: 'peer', text: '127.0.0.1:9' }, 'udp')).toBe(
    'data, address = server.recvfrom(1024)',
  );
});

test('a reset is two lines, and what is no call is not written as one', () => {
  expect(line({ call: 'reset' })).toBe(
    "client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))\nclient.close()",
  );
  expect(line({ call: 'setsockopt', text: 'receiveSize 4' })).toBe('# receiveSize 4');
  expect(line({ call: 'print', text: 'waiting', end: 'peer' })).toBe("print('waiting')");
});

test('a call that failed is written as it was made', () => {
  expect(line({ call: 'connect', text: '127.0.0.1:9', error: 'ECONNREFUSED' })).toBe(
    "client.connect(('127.0.0.1', 9))",
  );
});
