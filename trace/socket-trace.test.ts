import { expect, test } from 'vitest';
import type { Reset } from '../protocol/messages/socket.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import type { TraceEvent } from './event.ts';
import type { SocketIdentity } from './socket/socket-facts.ts';
import type { SocketKind } from './socket.ts';
import { type SocketChange, SocketTrace } from './socket-trace.ts';
import { callText, formatCall } from './text/call-text.ts';

const HERE = '127.0.0.1';
const LOCAL = { host: HERE, port: 55_378 };
const REMOTE = { host: HERE, port: 8009 };

function traceOf(kind: SocketKind, identity: Partial<SocketIdentity> = {}) {
  const changes: SocketChange[] = [];
  const trace = new SocketTrace(
    { id: 1, ordinal: 1, kind, target: REMOTE, receiveSize: 1_024, ...identity },
    (change) => changes.push(change),
  );
  const events = () => Array.from({ length: trace.log.length() }, (_, index) => trace.log.at(index) as TraceEvent);
  /** The calls as Python writes them, each with the time of its return. */
  const calls = () => events().map((event) => `${event.at} ${formatCall(callText(event))}`);
  return { trace, events, calls, changes };
}
const reset = (rest: Partial<Reset>): Reset => ({ at: 200, code: 'EADDRINUSE', text: '', ...rest });

test.each([
  ['127.0.0.1', 'AF_INET'],
  ['::1', 'AF_INET6'],
])('connect() to %s has its socket() before it', (host, family) => {
  const { trace, calls, events } = traceOf('tcp');
  trace.onOpened({ called: 100, at: 180, local: { host, port: 55_378 }, remote: { host, port: 8009 } });
  expect(calls()).toEqual([`100 socket(${family}, SOCK_STREAM)`, `180 connect(('${host}', 8009))`]);
  expect(events()[1]?.took).toBe(80);
});

test('a client with a local port of its choice binds first', () => {
  const { trace, calls } = traceOf('tcp', { bind: { port: 40_000 } });
  trace.onOpened({ called: 100, at: 180, local: { host: HERE, port: 40_000 }, remote: REMOTE });
  expect(calls()).toEqual([
    '100 socket(AF_INET, SOCK_STREAM)',
    "100 bind(('0.0.0.0', 40000))",
    "180 connect(('127.0.0.1', 8009))",
  ]);
});

test('each address of a name has a socket of its own', () => {
  const { trace, calls } = traceOf('tcp', { target: { host: 'localhost', port: 8009 } });
  const failed = { remote: REMOTE, called: 100, at: 150, code: 'ECONNREFUSED' };
  trace.onOpened({ called: 160, at: 180, local: LOCAL, remote: { host: '::1', port: 8009 }, tried: [failed] });
  expect(calls()).toEqual([
    '100 socket(AF_INET, SOCK_STREAM)',
    "150 connect(('127.0.0.1', 8009)) → ECONNREFUSED",
    '160 socket(AF_INET6, SOCK_STREAM)',
    "180 connect(('::1', 8009))",
  ]);
});

test('a Unix socket is of its own family', () => {
  const { trace, calls } = traceOf('unix', { target: { host: '/tmp/echo.sock', port: 0 } });
  trace.onOpened({ called: 100, at: 180, local: { host: '', port: 0 }, remote: { host: '/tmp/echo.sock', port: 0 } });
  expect(calls()).toEqual(['100 socket(AF_UNIX, SOCK_STREAM)', "180 connect('/tmp/echo.sock')"]);
});

test('a listener has socket() and bind() before listen()', () => {
  const { trace, calls } = traceOf('listen', { target: { host: HERE, port: 0 } });
  trace.onOpened({ called: 100, at: 180, local: REMOTE, backlog: 5 });
  expect(calls()).toEqual(['100 socket(AF_INET, SOCK_STREAM)', "100 bind(('127.0.0.1', 8009))", '180 listen(5)']);
  expect(trace.state).toBe('LISTEN');
});

test.each([0, 40_000])('a bind that nobody asked for is named so: port %i', (port) => {
  const { trace } = traceOf('udp', { bind: { host: '0.0.0.0', port } });
  trace.onOpened({ called: 100, at: 180, local: LOCAL });
  expect(trace.log.at(1)).toMatchObject({ call: 'bind' });
  expect(trace.log.at(1)?.variant).toBe(port === 0 ? 'implicit' : undefined);
});

test('a close that nobody asked for is named so', () => {
  const { trace } = traceOf('tcp', {});
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  trace.onClosed(500, 'close', false);
  expect(trace.log.at(trace.log.length() - 1)).toMatchObject({ at: 500, call: 'close', variant: 'implicit' });
});

test('a send that failed says how many bytes it was given', () => {
  const { trace, calls } = traceOf('tcp', {});
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  trace.onQueued(encodeUtf8('second'));
  trace.onReset({ at: 300, code: 'EPIPE', text: '', call: 'send' });
  expect(calls().at(-1)).toBe('300 send(6 B) → EPIPE');
});

test('from CLOSE-WAIT to CLOSED with no call of ours: the other end’s kernel has sent RST', () => {
  const { trace, calls } = traceOf('tcp', {});
  const kernel = (state: string) => trace.onKernel(900, { stream: 1, state, receiveQueue: 0, sendQueue: 0 });
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  kernel('ESTABLISHED');
  trace.onFin(300);
  kernel('CLOSE-WAIT');
  const before = calls().length;
  kernel('CLOSED');
  expect(calls().slice(before)).toEqual(['900 RST']);
  expect(trace.log.at(trace.log.length() - 1)).toMatchObject({ end: 'peer', call: 'reset', variant: 'implicit' });
  kernel('CLOSED');
  expect(calls()).toHaveLength(before + 1);
});

test('a datagram socket has socket() and bind()', () => {
  const { trace, calls } = traceOf('udp', { bind: { host: '0.0.0.0', port: 0 } });
  trace.onOpened({ called: 100, at: 180, local: LOCAL });
  expect(calls()).toEqual(['100 socket(AF_INET, SOCK_DGRAM)', "180 bind(('127.0.0.1', 55378))"]);
});

test.each<[SocketKind, Partial<SocketIdentity>, Partial<Reset>, readonly string[]]>([
  [
    'listen',
    {},
    { call: 'bind', called: 150 },
    ['150 socket(AF_INET, SOCK_STREAM)', "200 bind(('127.0.0.1', 8009)) → EADDRINUSE"],
  ],
  [
    'listen',
    {},
    { call: 'listen', called: 150 },
    ['150 socket(AF_INET, SOCK_STREAM)', "150 bind(('127.0.0.1', 8009))", '200 listen() → EADDRINUSE'],
  ],
  ['listen', {}, { code: 'LISTENER_LIMIT', call: 'socket' }, ['200 socket(AF_INET, SOCK_STREAM) → LISTENER_LIMIT']],
  [
    'udp',
    { bind: { host: '::', port: 40_000 } },
    { call: 'bind', called: 150 },
    ['150 socket(AF_INET6, SOCK_DGRAM)', "200 bind(('::', 40000)) → EADDRINUSE"],
  ],
  [
    'tcp',
    { bind: { port: 40_000 } },
    { call: 'bind', called: 150, remote: REMOTE },
    ['150 socket(AF_INET, SOCK_STREAM)', "200 bind(('0.0.0.0', 40000)) → EADDRINUSE"],
  ],
  [
    'tcp',
    { bind: { port: 40_000 } },
    { code: 'ECONNREFUSED', call: 'connect', called: 150, remote: REMOTE },
    [
      '150 socket(AF_INET, SOCK_STREAM)',
      "150 bind(('0.0.0.0', 40000))",
      "200 connect(('127.0.0.1', 8009)) → ECONNREFUSED",
    ],
  ],
  // Refused before there was a socket.
  ['tcp', {}, { code: 'TARGET_FORBIDDEN', call: 'connect' }, ["200 connect(('127.0.0.1', 8009)) → TARGET_FORBIDDEN"]],
])('a %s OPEN %o that fails with %o shows the call that failed', (kind, identity, rest, expected) => {
  const { trace, calls, changes, events } = traceOf(kind, identity);
  trace.onReset(reset(rest));
  expect(calls()).toEqual(expected);
  expect(events().at(-1)?.took).toBe(rest.called === undefined ? undefined : 50);
  expect({ changes, isOver: trace.isOver, code: trace.failure?.code }).toEqual({
    changes: ['failed'],
    isOver: true,
    code: rest.code ?? 'EADDRINUSE',
  });
});

test('an open socket ends at the call that failed: a send at send(), a read at recv(n)', () => {
  for (const [call, text] of [
    ['send', 'send(…) → EPIPE'],
    ['recv', 'recv(1024) → EPIPE'],
    [undefined, 'recv(1024) → EPIPE'],
  ] as const) {
    const { trace, calls } = traceOf('tcp');
    trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
    trace.onReset(reset({ code: 'EPIPE', ...(call && { call }) }));
    expect(calls().at(-1)).toBe(`200 ${text}`);
  }
});

test('options asked for stand where they are set: before bind(), before connect(), after it', () => {
  const options = { reuseAddress: false, sendBuffer: 8_192, noDelay: false, receiveSize: 4 };
  const listener = traceOf('listen', { options });
  listener.trace.onReset(reset({ call: 'bind', called: 150 }));
  expect(listener.calls()).toEqual([
    '150 socket(AF_INET, SOCK_STREAM)',
    '150 setsockopt(SOL_SOCKET, SO_REUSEADDR, 0)',
    "200 bind(('127.0.0.1', 8009)) → EADDRINUSE",
  ]);
  const client = traceOf('tcp', { options: { sendBuffer: 8_192, noDelay: false, receiveSize: 4 } });
  client.trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  expect(client.calls()).toEqual([
    '100 socket(AF_INET, SOCK_STREAM)',
    '100 setsockopt(SOL_SOCKET, SO_SNDBUF, 8192)',
    "180 connect(('127.0.0.1', 8009))",
    '180 setsockopt(IPPROTO_TCP, TCP_NODELAY, 0)',
    '180 # receiveSize 4',
  ]);
});

test('setsockopt() on an open socket is an event for each option, and the next recv(n) has the new n', () => {
  const { trace, calls } = traceOf('tcp');
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  trace.onOptions(190, { receiveSize: 4, keepAlive: true });
  expect(calls().slice(2)).toEqual(['190 setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)', '190 # receiveSize 4']);
  trace.onData(200, Uint8Array.of(1, 2, 3));
  expect(calls().at(-1)).toBe('200 recv(4) → 3 B');
});

test('a setsockopt() that fails changes nothing, here and read back', () => {
  const { trace, calls, events } = traceOf('tcp');
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  trace.onOptions(190, { receiveSize: 4, keepAlive: true }, 'EINVAL');
  expect(calls().slice(2)).toEqual(['190 setsockopt(SO_KEEPALIVE 1, receiveSize 4) → EINVAL']);
  expect([trace.receiveSize, trace.isOver, trace.state, trace.failure]).toEqual([
    1_024,
    false,
    'ESTABLISHED',
    undefined,
  ]);
  const again = traceOf('tcp').trace;
  again.append(events());
  expect(again.failure).toBeUndefined();
});

test('the accept queue and the kernel state are kept as facts with their times', () => {
  const { trace, changes } = traceOf('listen');
  trace.onOpened({ called: 100, at: 180, local: REMOTE, backlog: 5 });
  for (const [at, waiting] of [
    [200, 1],
    [210, 1],
    [220, 0],
  ] as const) {
    trace.onPending({ at, waiting, max: 6 });
  }
  expect([trace.queueFacts.at(0), trace.queueFacts.at(1), trace.queueFacts.length]).toEqual([
    { at: 200, value: { waiting: 1, max: 6 } },
    { at: 220, value: { waiting: 0, max: 6 } },
    2,
  ]);
  expect(changes).toEqual(['opened', 'peer-waiting']);
  const zero = { receiveQueue: 0, sendQueue: 0, rtt: 0, rttVariance: 0, retransmitTimeout: 0, congestionWindow: 0 };
  const rest = { slowStartThreshold: 0, retransmits: 0, totalRetransmits: 0, maxSegment: 0 };
  const client = traceOf('tcp').trace;
  client.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  for (const [at, state] of [
    [300, 'ESTABLISHED'],
    [400, 'ESTABLISHED'],
    [500, 'CLOSE-WAIT'],
  ] as const) {
    client.onKernel(at, { stream: 1, state, ...zero, ...rest });
  }
  expect([client.kernelFacts.at(0)?.at, client.kernelFacts.at(1)?.at, client.kernelFacts.length]).toEqual([
    300, 500, 2,
  ]);
  expect([client.state, client.kernel?.state]).toEqual(['CLOSE-WAIT', 'CLOSE-WAIT']);
});

test('both ends share offsets: what was sent, what the peer read, and a FIN', () => {
  const { trace, events, calls, changes } = traceOf('tcp');
  trace.onOpened({ called: 100, at: 180, local: LOCAL, remote: REMOTE });
  trace.onQueued(new TextEncoder().encode('hello'));
  expect(trace.queuedBytes).toBe(5);
  trace.onSent([{ at: 200, count: 5 }]);
  trace.onEvent({ at: 190, call: 'accept', argument: undefined, count: 0, text: '', error: undefined });
  trace.onEvent({ at: 210, call: 'recv', argument: 3, count: 3, text: '', error: undefined });
  trace.onEvent({ at: 220, call: 'recv', argument: 3, count: 2, text: '', error: undefined });
  expect(trace.queuedBytes).toBe(0);
  expect(events().slice(-2)).toMatchObject([
    { end: 'peer', direction: 'sent', offset: 0, count: 3 },
    { end: 'peer', direction: 'sent', offset: 3, count: 2 },
  ]);
  trace.onSent([{ at: 230, count: 0 }]);
  expect(trace.state).toBe('FIN-WAIT-1');
  trace.onFin(240);
  expect(trace.state).toBe('TIME-WAIT');
  trace.onClosed(250, 'close');
  expect(calls().slice(-3)).toEqual(['230 shutdown(SHUT_WR)', "240 recv(1024) → b''", '250 close()']);
  expect(changes).toEqual(['opened', 'accepted-by-peer', 'peer-closed', 'closed']);
});
