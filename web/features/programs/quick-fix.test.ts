import { expect, test } from 'vitest';
import { applyQuickFix, findQuickFix } from './quick-fix.ts';

const TEXT = { type: 'TypeError', message: "a bytes-like object is required, not 'str'" };

test.each([
  ["conn.send('hello')", "conn.send('hello'.encode())"],
  ['conn.send(data)', 'conn.send(data.encode())'],
  ["    tcp.send('[%s] %s' % (ctime(), data))", "    tcp.send(('[%s] %s' % (ctime(), data)).encode())"],
  ["conn.sendall('a)b' + x)  # c", "conn.sendall(('a)b' + x).encode())  # c"],
])('%s is sent as bytes: %s', (line, fixed) => {
  const fix = findQuickFix(line, { line: 1, ...TEXT });
  expect(fix).toEqual({ kind: 'text-not-bytes', line: 1, to: fixed });
});

test('the accepted socket takes the place of the listening one', () => {
  const source = "s = socket()\nconn, addr = s.accept()\ns.send(b'x')\n";
  const fix = findQuickFix(source, { line: 3, type: 'BrokenPipeError', message: '[Errno 32] Broken pipe' });
  expect(fix?.kind).toBe('listener-not-connection');
  expect(fix && applyQuickFix(source, fix)).toBe("s = socket()\nconn, addr = s.accept()\nconn.send(b'x')\n");
});

test('a broken pipe on a connection is no such fault', () => {
  const source = "conn, addr = s.accept()\nconn.send(b'x')\n";
  expect(findQuickFix(source, { line: 2, type: 'BrokenPipeError', message: '[Errno 32] Broken pipe' })).toBeUndefined();
});

test('host and port are one argument', () => {
  const error = { line: 1, type: 'TypeError', message: 'socket.connect() takes exactly one argument (2 given)' };
  expect(findQuickFix("c.connect('127.0.0.1', 8009)", error)?.to).toBe("c.connect(('127.0.0.1', 8009))");
});
