import { expect, test } from 'vitest';
import type { ClientStream, StreamHandler } from '../../../client/stream.ts';
import type { CallResult } from '../../../protocol/messages/calls.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { ServerTime } from '../../../trace/server-time.ts';
import { NO_SITE } from '../call-sites.ts';
import { Waiters } from '../waiters.ts';
import { CallRecorder } from './call-recorder.ts';
import { endpointText } from './endpoints.ts';
import { ProcessSockets } from './process-sockets.ts';
import { Family, Kind, Ready, SEND_BUFFER } from './socket-entry.ts';
import { BYTES_REPORTED, type SocketReport } from './socket-log.ts';

/** A line of the program, so that calls are recorded; the low bits are the call's number (call-sites.ts). */
const AT = 7 * 32;
const [BIND, LISTEN, ACCEPT, CONNECT, SEND, RECV] = [AT + 1, AT + 2, AT + 3, AT + 4, AT + 5, AT + 6];
const HERE = { host: '127.0.0.1', port: 8009 };
const PEER = { host: '127.0.0.1', port: 55_378 };

/** A stream that writes down what is asked of it. */
function createStream(commands: unknown[], socket: number) {
  const results: ((result: CallResult) => void)[] = [];
  const note = (op: string, more: object = {}) => commands.push({ op, socket, ...more });
  const stream = {
    canSend: true,
    isOver: false,
    send: (sent: Uint8Array) => note('send', { bytes: sent }),
    sendTo: (host: string, port: number, sent: Uint8Array) => note('sendTo', { host, port, bytes: sent }),
    shutdown: () => note('shutdown'),
    close: () => note('close'),
    reset: () => note('reset'),
    accept: () => note('accept'),
    consume: () => undefined,
    call: (call: object) => {
      note('call', call);
      return new Promise<CallResult>((resolve) => results.push(resolve));
    },
  };
  return { stream: stream as unknown as ClientStream, results };
}

/** A process whose gateway only writes down. Sockets are numbered from 1 as they are opened, those accepted from -1 down. */
function createProcess() {
  const commands: unknown[] = [];
  const streams = new Map<number, ReturnType<typeof createStream> & { readonly handler: StreamHandler }>();
  const standIns: unknown[] = [];
  const time = new ServerTime();
  let now = 0;
  const recorder = new CallRecorder({ time, now: () => now, onFirst: () => undefined });
  recorder.setFile('client.py');
  const at = (ms: number) => {
    now = ms;
  };
  const waiters = new Waiters(() => false);
  let opened = 0;
  const sockets = new ProcessSockets({
    waiters,
    recorder,
    time,
    gateway: {
      open: (open, handler) => {
        opened += 1;
        commands.push({ op: 'open', socket: opened, ...open });
        const made = createStream(commands, opened);
        streams.set(opened, { ...made, handler });
        return made.stream;
      },
      resolve: () => Promise.resolve('127.0.0.1'),
      flush: () => undefined,
      onStandIn: (...ends) => standIns.push(ends),
    },
  });
  const handler = (socket: number): StreamHandler => (streams.get(socket) as { handler: StreamHandler }).handler;
  let acceptedCount = 0;
  const accept = (listener: number, ends: { local: Endpoint; remote: Endpoint }) => {
    acceptedCount -= 1;
    const made = createStream(commands, acceptedCount);
    const own = handler(listener).onAccepted?.(made.stream, { at: 0, listener, ...ends }) as StreamHandler;
    streams.set(acceptedCount, { ...made, handler: own });
  };
  /** The kernel's answer to a call on a bound socket. */
  const answer = async (socket: number, result: Partial<CallResult>) => {
    streams.get(socket)?.results.shift()?.({ id: 1, at: 0, ...result });
    await Promise.resolve();
  };
  const opens = (socket: number, local: Endpoint, remote?: Endpoint) =>
    handler(socket).onOpened?.({ called: 0, at: 0, local, ...(remote && { remote }) });
  return { commands, recorder, time, at, waiters, standIns, handler, accept, answer, opens, ...sockets };
}
async function createListener() {
  const process = createProcess();
  const { table, connections, opens, answer } = process;
  const fd = table.socket(Family.Inet, Kind.Stream, AT);
  connections.bind(fd, HERE.host, HERE.port, BIND);
  opens(1, HERE);
  connections.listen(fd, 5, LISTEN);
  await answer(1, { local: HERE });
  return { ...process, fd };
}
function createConnection() {
  const process = createProcess();
  const { table, connections, opens } = process;
  const fd = table.socket(Family.Inet, Kind.Stream, AT);
  connections.connect(fd, HERE.host, HERE.port, CONNECT);
  opens(1, PEER, HERE);
  return { ...process, fd };
}
const ownCalls = (report: SocketReport | undefined) => (report?.calls ?? []).filter((call) => 'end' in call);
const bytes = (text: string) => new TextEncoder().encode(text);

test('bind, listen and accept: a peer that waits is asked for, and comes as the lowest free descriptor', async () => {
  const { handler, accept, table, connections, commands, fd } = await createListener();
  expect(connections.accept(fd, ACCEPT)).toBe('EAGAIN');
  handler(1).onPending?.({ at: 0, waiting: 1, max: 5 });
  expect(table.ready(fd, Ready.In)).toBe(Ready.In);
  expect(connections.accept(fd, ACCEPT)).toBe('WAITING');
  expect(commands.at(-1)).toEqual({ op: 'accept', socket: 1 });
  accept(1, { local: HERE, remote: PEER });
  expect(connections.accept(fd, ACCEPT)).toBe(fd + 1);
  expect(endpointText(table.get(fd + 1)?.remote)).toBe('127.0.0.1:55378');
});

test('a listener that is closed resets those it has accepted and nobody took', async () => {
  const { accept, table, commands, fd } = await createListener();
  accept(1, { local: HERE, remote: PEER });
  table.close(fd, AT);
  expect(commands.slice(-2)).toEqual([
    { op: 'reset', socket: -1 },
    { op: 'close', socket: 1 },
  ]);
});

test('a refused connect is told once, and the socket can be used again', () => {
  const { handler, table, connections, commands, waiters } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Stream, AT);
  expect(connections.connect(fd, HERE.host, 1, CONNECT)).toBe('EINPROGRESS');
  expect(waiters.blocked()).toEqual([]);
  handler(1).onReset?.({ at: 0, code: 'ECONNREFUSED', text: '' });
  expect(table.ready(fd, Ready.Out)).toBe(Ready.Out | Ready.Err | Ready.Hup);
  expect(table.takeError(fd)).toBe('ECONNREFUSED');
  expect(connections.connect(fd, HERE.host, 2, CONNECT)).toBe('EINPROGRESS');
  expect(commands.at(-1)).toMatchObject({ op: 'open', kind: 'tcp', socket: 2, port: 2 });
});

test('recv takes what is there, then EOF, as often as asked', () => {
  const { handler, transfer, fd } = createConnection();
  expect(transfer.receive(fd, 10, false, RECV)).toBe('EAGAIN');
  handler(1).onData?.(0, bytes('hello '));
  handler(1).onData?.(0, bytes('python'));
  handler(1).onFin?.(0);
  expect(transfer.receive(fd, 4, true, RECV)).toEqual(bytes('hell'));
  expect(transfer.receive(fd, 8, false, RECV)).toEqual(bytes('hello py'));
  expect(transfer.receive(fd, 8, false, RECV)).toEqual(bytes('thon'));
  expect(transfer.receive(fd, 8, false, RECV)).toBe(0);
  expect(transfer.receive(fd, 8, false, RECV)).toBe(0);
});

test('after a reset: the bytes that came before it, ECONNRESET once, then EOF; send is a broken pipe', () => {
  const { handler, transfer, fd } = createConnection();
  handler(1).onData?.(0, bytes('x'));
  handler(1).onReset?.({ at: 0, code: 'ECONNRESET', text: '' });
  expect(transfer.receive(fd, 8, false, RECV)).toEqual(bytes('x'));
  expect(transfer.receive(fd, 8, false, RECV)).toBe('ECONNRESET');
  expect(transfer.receive(fd, 8, false, RECV)).toBe(0);
  expect(transfer.send(fd, bytes('y'), SEND)).toBe('EPIPE');
});

test('shut down for reading: what has come and what still comes is read, then recv returns b"" instead of waiting', () => {
  const { handler, table, transfer, commands, fd } = createConnection();
  const [ShutRd] = [0];
  handler(1).onData?.(0, bytes('before'));
  expect(transfer.shutdown(fd, ShutRd, AT)).toBe('');
  expect(transfer.receive(fd, 3, false, RECV)).toEqual(bytes('bef'));
  expect(transfer.receive(fd, 10, false, RECV)).toEqual(bytes('ore'));
  expect(transfer.receive(fd, 10, false, RECV)).toBe(0);
  expect(table.ready(fd, Ready.In | Ready.ReadHup)).toBe(Ready.In | Ready.ReadHup);
  handler(1).onData?.(1, bytes('after'));
  expect(transfer.receive(fd, 10, false, RECV)).toEqual(bytes('after'));
  expect(transfer.receive(fd, 10, false, RECV)).toBe(0);
  expect(transfer.send(fd, bytes('still'), SEND)).toBe(5);
  expect(commands.at(-1)).toMatchObject({ op: 'send' });
  handler(1).onReset?.({ at: 2, code: 'ECONNRESET', text: '' });
  expect(transfer.receive(fd, 10, false, RECV)).toBe('ECONNRESET');
  expect(transfer.receive(fd, 10, false, RECV)).toBe(0);
});

test('bytes that come after both directions were shut down abort the connection; those that came before are read', () => {
  const { handler, table, transfer, commands, at, time, fd } = createConnection();
  const [ShutRdWr] = [2];
  at(10);
  time.reached(10_000, 10);
  handler(1).onData?.(10_000, bytes('before'));
  expect(transfer.shutdown(fd, ShutRdWr, AT)).toBe('');
  expect(transfer.receive(fd, 10, false, RECV)).toEqual(bytes('before'));
  expect(transfer.receive(fd, 10, false, RECV)).toBe(0);
  // On its way when shutdown was called.
  handler(1).onData?.(9_999, bytes('under way'));
  expect(transfer.receive(fd, 10, false, RECV)).toEqual(bytes('under way'));
  at(20);
  handler(1).onData?.(20_000, bytes('late'));
  expect(commands.at(-1)).toEqual({ op: 'reset', socket: 1 });
  expect(transfer.receive(fd, 10, false, RECV)).toBe('ECONNRESET');
  expect(transfer.receive(fd, 10, false, RECV)).toBe(0);
  expect(table.ready(fd, Ready.In)).toBe(Ready.In | Ready.Hup);
});

test('a full send buffer takes no more until the gateway has passed some on', () => {
  const { handler, transfer, fd } = createConnection();
  expect(transfer.send(fd, new Uint8Array(SEND_BUFFER), SEND)).toBe(SEND_BUFFER);
  expect(transfer.send(fd, bytes('x'), SEND)).toBe('EAGAIN');
  handler(1).onSent?.([{ at: 0, count: 32_768 }]);
  expect(transfer.send(fd, new Uint8Array(65_536), SEND)).toBe(32_768);
});

test('the end of the process closes what is open, with unread bytes by a reset, and what peers call then is still told', () => {
  const { handler, table, connections, opens, commands, recorder } = createProcess();
  for (const socket of [1, 2]) {
    connections.connect(table.socket(Family.Inet, Kind.Stream, AT), HERE.host, HERE.port, CONNECT);
    opens(socket, PEER, HERE);
  }
  handler(2).onData?.(0, bytes('unread'));
  recorder.take();
  table.end();
  expect(commands.slice(-2)).toEqual([
    { op: 'close', socket: 1 },
    { op: 'reset', socket: 2 },
  ]);
  expect(table.openCount).toBe(0);
  handler(1).onEvent?.({ at: 5, call: 'close', argument: undefined, count: 0, text: '', error: undefined });
  const [first, second] = recorder.take();
  expect(first?.calls).toHaveLength(1);
  expect([first?.head.isOver, second?.head.isOver]).toEqual([true, true]);
});

test('a close with unread bytes is a reset, as on Linux', () => {
  const { handler, table, commands, fd } = createConnection();
  handler(1).onData?.(0, bytes('unread'));
  table.close(fd, AT);
  expect(commands.at(-1)).toEqual({ op: 'reset', socket: 1 });
});

test('a connect under way ends with its socket, and the listener that was lost wakes accept', async () => {
  const { table, connections, commands } = createProcess();
  const connecting = table.socket(Family.Inet, Kind.Stream, AT);
  connections.connect(connecting, HERE.host, HERE.port, CONNECT);
  table.close(connecting, AT);
  expect(commands.at(-1)).toEqual({ op: 'reset', socket: 1 });
  const { handler, table: other, connections: calls, fd } = await createListener();
  handler(1).onReset?.({ at: 0, code: 'ECONNRESET', text: 'the session was lost' });
  expect(other.ready(fd, Ready.In) & Ready.In).toBe(Ready.In);
  expect(calls.accept(fd, ACCEPT)).toBe('ENETDOWN');
});

test('who holds a socket in a call has it until the call returns, whoever closes it', () => {
  const { handler, table, transfer, commands, fd } = createConnection();
  const held = table.hold(fd);
  expect([table.shownNumber(held), table.all().length]).toEqual([fd, 1]);
  table.close(fd, AT);
  expect(commands.filter((command) => (command as { op: string }).op === 'close')).toEqual([]);
  handler(1).onData?.(0, bytes('late'));
  expect(transfer.receive(held, 8, false, RECV)).toEqual(bytes('late'));
  table.close(held, NO_SITE);
  expect(commands.at(-1)).toEqual({ op: 'close', socket: 1 });
});

test('a connect that did not block succeeds once more, and then there is a connection', () => {
  const { connections, fd } = createConnection();
  expect(connections.connect(fd, HERE.host, HERE.port, CONNECT)).toBe('');
  expect(connections.connect(fd, HERE.host, HERE.port, CONNECT)).toBe('EISCONN');
});

test('a listener that is shut down is no listener any more', async () => {
  const { table, transfer, connections, commands, fd } = await createListener();
  expect(transfer.shutdown(fd, 2, AT)).toBe('');
  expect(commands.at(-1)).toEqual({ op: 'close', socket: 1 });
  expect(table.ready(fd, Ready.In)).not.toBe(0);
  expect(connections.accept(fd, ACCEPT)).toBe('EINVAL');
});

test('no socket has the number of a file', () => {
  const { table } = createProcess();
  const files = new Set([3, 5]);
  const sockets: number[] = [];
  table.numbers = {
    isFree: (fd) => !files.has(fd),
    take: (fd) => sockets.push(fd),
    release: (fd) => sockets.splice(sockets.indexOf(fd), 1),
  };
  const first = table.socket(Family.Inet, Kind.Stream, AT);
  const second = table.socket(Family.Inet, Kind.Stream, AT);
  expect([first, second, sockets]).toEqual([4, 6, [4, 6]]);
  table.close(first, AT);
  expect(sockets).toEqual([6]);
});

test('calls are written down with their place, both ends and every byte', () => {
  const { handler, transfer, recorder, fd } = createConnection();
  transfer.send(fd, bytes('hello'), SEND);
  transfer.send(fd, bytes('you'), SEND);
  handler(1).onData?.(0, bytes('ok'));
  transfer.receive(fd, 1_024, true, RECV);
  transfer.receive(fd, 1_024, false, RECV);
  const [report] = recorder.take();
  const rows = ownCalls(report).map(({ call, site, direction, offset, count, variant }) => [
    call,
    site?.line,
    direction,
    offset,
    count,
    variant,
  ]);
  expect(rows).toEqual([
    ['socket', 7, undefined, 0, 0, undefined],
    ['connect', 7, undefined, 0, 0, undefined],
    ['send', 7, 'sent', 0, 5, undefined],
    ['send', 7, 'sent', 5, 3, undefined],
    ['recv', 7, undefined, 0, 2, 'MSG_PEEK'],
    ['recv', 7, 'received', 0, 2, undefined],
  ]);
  expect(report?.head).toMatchObject({ kind: 'tcp', state: 'ESTABLISHED', local: PEER, remote: HERE, isOver: false });
  expect(report?.sent).toEqual(bytes('helloyou'));
  expect(report?.received).toEqual(bytes('ok'));
  expect(recorder.take()).toEqual([]);
});

test('one send that the gateway takes in parts is one call, with what it was given and took in all', () => {
  const { handler, transfer, recorder, at, fd } = createConnection();
  recorder.take();
  const call = { given: SEND_BUFFER + 10, isAll: true };
  expect(transfer.send(fd, new Uint8Array(SEND_BUFFER), SEND, { ...call, done: 0 })).toBe(SEND_BUFFER);
  expect(transfer.send(fd, new Uint8Array(10), SEND, { ...call, done: SEND_BUFFER })).toBe('EAGAIN');
  expect(ownCalls(recorder.take()[0])).toEqual([]);
  at(50);
  handler(1).onSent?.([{ at: 0, count: 1_000 }]);
  expect(transfer.send(fd, new Uint8Array(10), SEND, { ...call, done: SEND_BUFFER })).toBe(10);
  const all = { direction: 'sent', offset: 0, count: SEND_BUFFER + 10, given: SEND_BUFFER + 10 };
  expect(ownCalls(recorder.take()[0])).toEqual([
    expect.objectContaining({ ...all, call: 'send', variant: 'sendall', took: 50_000 }),
  ]);
});

test('a send that fails was given bytes and moves none; what it had moved before stays moved', () => {
  const { handler, transfer, recorder, fd } = createConnection();
  recorder.take();
  const call = { given: 10, isAll: true };
  transfer.send(fd, bytes('hello'), SEND, { ...call, done: 0 });
  handler(1).onReset?.({ at: 0, code: 'ECONNRESET', text: '' });
  expect(transfer.send(fd, bytes('world'), SEND, { ...call, done: 5 })).toBe('ECONNRESET');
  expect(transfer.send(fd, bytes('more'), SEND)).toBe('EPIPE');
  expect(ownCalls(recorder.take()[0])).toMatchObject([
    { direction: 'sent', offset: 0, count: 5, given: 10, error: 'ECONNRESET', variant: 'sendall' },
    { direction: undefined, count: 0, given: 4, error: 'EPIPE' },
  ]);
});

test('a send that another thread or an exception cut off is told with what it moved', () => {
  const { transfer, recorder, fd } = createConnection();
  recorder.take();
  transfer.send(fd, bytes('hello'), SEND, { given: 9, done: 0, isAll: true });
  transfer.send(fd, bytes('you'), SEND + 32);
  transfer.send(fd, bytes('part'), SEND, { given: 9, done: 0, isAll: false });
  transfer.sent(fd);
  const calls = ownCalls(recorder.take()[0]).map(({ site, offset, count, given }) => [
    site?.line,
    offset,
    count,
    given,
  ]);
  expect(calls).toEqual([
    [7, 0, 5, 9],
    [8, 5, 3, 3],
    [7, 8, 4, 9],
  ]);
});

test('calls that fail are recorded: not blocking, out of time, and those that the state of the socket forbids', () => {
  const { transfer, connections, recorder, at, fd } = createConnection();
  recorder.take();
  expect(transfer.receive(fd, 8, false, RECV)).toBe('EAGAIN');
  transfer.failed(fd, RECV, 'EAGAIN', 8);
  at(10);
  transfer.receive(fd, 8, false, RECV);
  at(30);
  transfer.failed(fd, RECV, 'ETIMEDOUT', 8);
  connections.bind(fd, HERE.host, 1, BIND);
  connections.listen(fd, 5, LISTEN);
  connections.connectTold(fd);
  connections.connect(fd, HERE.host, 1, CONNECT);
  connections.accept(fd, ACCEPT);
  transfer.failed(fd, SEND, 'EAGAIN', 3);
  const calls = ownCalls(recorder.take()[0]).map(({ call, error, took, text, argument, given }) => [
    call,
    error,
    took,
    text,
    argument ?? given,
  ]);
  expect(calls).toEqual([
    ['recv', 'EAGAIN', 0, '', 8],
    ['recv', 'ETIMEDOUT', 20_000, 'timed out', 8],
    ['bind', 'EINVAL', undefined, '127.0.0.1:1', undefined],
    ['listen', 'EINVAL', undefined, '', 5],
    ['connect', 'EISCONN', undefined, '127.0.0.1:1', undefined],
    ['accept', 'EINVAL', undefined, '', undefined],
    ['send', 'EAGAIN', undefined, '', 3],
  ]);
});

test('a connect that is out of time is recorded as such, and what becomes of it later is not', () => {
  const { opens, table, connections, recorder, at } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Stream, NO_SITE);
  recorder.take();
  const site = table.socket(Family.Inet, Kind.Stream, AT);
  expect(connections.connect(site, HERE.host, 1, CONNECT)).toBe('EINPROGRESS');
  at(200);
  connections.connectMissed(site);
  opens(1, PEER, HERE);
  expect(fd).toBeLessThan(site);
  expect(ownCalls(recorder.take()[0]).slice(1)).toMatchObject([
    { call: 'connect', error: 'ETIMEDOUT', took: 200_000, text: '127.0.0.1:1' },
  ]);
});

test('bytes are reported up to a cap, and how many came after', () => {
  const { handler, transfer, recorder, fd } = createConnection();
  for (let part = 0; part < 3; part += 1) {
    transfer.send(fd, new Uint8Array(100_000).fill(part), SEND);
    handler(1).onSent?.([{ at: 0, count: 100_000 }]);
  }
  const [report] = recorder.take();
  expect(report?.sent).toHaveLength(BYTES_REPORTED);
  expect(report?.head.omitted).toEqual({ sent: 300_000 - BYTES_REPORTED, received: 0 });
  expect(ownCalls(report).at(-1)).toMatchObject({ offset: 200_000, count: 100_000 });
  transfer.send(fd, bytes('more'), SEND);
  expect(recorder.take()[0]?.sent).toHaveLength(0);
});

test("times are of the server: what was waited for has its frame's, the rest is converted", () => {
  const { handler, transfer, recorder, at, fd } = createConnection();
  recorder.take();
  at(10);
  transfer.receive(fd, 8, false, RECV);
  at(30);
  handler(1).onData?.(29_000, bytes('late'));
  transfer.receive(fd, 8, false, RECV);
  handler(1).onData?.(29_500, bytes('early'));
  at(40);
  transfer.receive(fd, 8, false, RECV);
  const calls = ownCalls(recorder.take()[0]).map(({ call, at, took, count }) => [
    call,
    Math.round(at / 100) * 100,
    took,
    count,
  ]);
  expect(calls).toEqual([
    ['recv', 29_000, 20_000, 4],
    ['recv', 40_000, undefined, 5],
  ]);
});

test('what a lab server calls is reported with its socket, after the end of ours too', () => {
  const { handler, table, recorder, fd } = createConnection();
  const event = { at: 5, call: 'recv', argument: 1_024, count: 0, text: '', error: undefined } as const;
  table.close(fd, AT + 10);
  handler(1).onEvent?.(event);
  const [report] = recorder.take();
  expect(report?.calls.at(-1)).toEqual(event);
  expect(report?.head).toMatchObject({ isOver: true, state: 'CLOSED' });
});

test("a call of no line of the program has no site, and the shim's own are not recorded", () => {
  const { table, recorder } = createProcess();
  table.socket(Family.Inet, Kind.Stream, 0);
  table.close(table.socket(Family.Unix, Kind.Datagram, NO_SITE), NO_SITE);
  expect(recorder.take().flatMap((report) => ownCalls(report))).toEqual([
    expect.objectContaining({ call: 'socket', text: 'AF_INET, SOCK_STREAM' }),
  ]);
});

test('a pair within the process needs no gateway', () => {
  const { table, transfer, commands } = createProcess();
  const [first, second] = table.socketPair(Family.Unix, Kind.Stream);
  expect(transfer.send(first, bytes('hi'), SEND)).toBe(2);
  expect(transfer.receive(second, 8, false, RECV)).toEqual(bytes('hi'));
  table.close(first, AT);
  expect(transfer.receive(second, 8, false, RECV)).toBe(0);
  expect(transfer.send(second, bytes('x'), SEND)).toBe('EPIPE');
  expect(commands).toEqual([]);
});

test('a pair is shut down as unix(7) does it: what has come is read still, and who sends is told EPIPE', () => {
  const { table, transfer } = createProcess();
  const [ShutRd, ShutWr] = [0, 1];
  const [first, second] = table.socketPair(Family.Unix, Kind.Stream);
  expect(transfer.send(second, bytes('hi'), SEND)).toBe(2);
  expect(transfer.shutdown(first, ShutRd, AT)).toBe('');
  expect(transfer.send(second, bytes('more'), SEND)).toBe('EPIPE');
  expect(transfer.receive(first, 8, false, RECV)).toEqual(bytes('hi'));
  expect(transfer.receive(first, 8, false, RECV)).toBe(0);
  expect(transfer.shutdown(first, ShutWr, AT)).toBe('');
  expect(transfer.send(first, bytes('x'), SEND)).toBe('EPIPE');
  expect(transfer.receive(second, 8, false, RECV)).toBe(0);

  const [one, other] = table.socketPair(Family.Unix, Kind.Datagram);
  expect(transfer.shutdown(one, ShutWr, AT)).toBe('');
  expect(transfer.send(one, bytes('x'), SEND)).toBe('EPIPE');
  expect(transfer.receive(other, 8, false, RECV)).toBe('EAGAIN');
  expect(transfer.send(other, bytes('y'), SEND)).toBe(1);
  expect(transfer.shutdown(one, ShutRd, AT)).toBe('');
  expect(transfer.send(other, bytes('z'), SEND)).toBe('EPIPE');
});

test('Linux answers for sockets that are not that far', () => {
  const { table, transfer, connections } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Stream, AT);
  const datagram = table.socket(Family.Inet, Kind.Datagram, AT);
  expect(transfer.send(fd, bytes('x'), SEND)).toBe('EPIPE');
  expect(transfer.receive(fd, 1, false, RECV)).toBe('ENOTCONN');
  expect(transfer.shutdown(fd, 1, AT)).toBe('ENOTCONN');
  expect(connections.accept(fd, ACCEPT)).toBe('EINVAL');
  expect(connections.accept(datagram, ACCEPT)).toBe('EOPNOTSUPP');
  expect(transfer.send(datagram, bytes('x'), SEND)).toBe('EDESTADDRREQ');
  expect(transfer.sendTo(datagram, new Uint8Array(65_508), '127.0.0.1', 9, SEND)).toBe('EMSGSIZE');
  // What UDP itself would take is refused by a code of our own, which the shim has as EMSGSIZE too.
  expect(transfer.sendTo(datagram, new Uint8Array(65_508), '::1', 9, SEND)).toBe('DATAGRAM_LIMIT');
  const name = 'datagrams.of.an.example';
  expect(transfer.sendTo(datagram, new Uint8Array(65_507), name, 9, SEND)).toBe('DATAGRAM_LIMIT');
  expect(transfer.receive(99, 1, false, RECV)).toBe('EBADF');
});

test.each([
  { family: Family.Inet, host: '127.0.0.1', wildcard: '0.0.0.0' },
  { family: Family.Inet6, host: '::1', wildcard: '::' },
])(
  'a datagram socket of $wildcard that is connected has the address that it sends from',
  ({ family, host, wildcard }) => {
    const { opens, table, connections } = createProcess();
    const [unbound, bound] = [1, 2].map(() => table.socket(family, Kind.Datagram, AT)) as [number, number];
    expect(connections.connect(unbound, host, 53, CONNECT)).toBe('EINPROGRESS');
    expect(table.ready(unbound, Ready.Out)).toBe(0);
    opens(1, { host, port: 20_001 });
    expect(table.ready(unbound, Ready.Out)).toBe(Ready.Out);
    expect(table.get(unbound)?.name).toEqual({ host, port: 20_001 });
    connections.bind(bound, '', 9_999, BIND);
    opens(2, { host, port: 9_999 });
    expect(table.get(bound)?.name).toEqual({ host: wildcard, port: 9_999 });
    connections.connect(bound, host, 53, CONNECT);
    expect(table.get(bound)?.name).toEqual({ host, port: 9_999 });
  },
);

test('a connected datagram socket that is refused tells it once, and is connected again under its port', () => {
  const { handler, opens, table, connections, transfer, commands } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Datagram, AT);
  connections.connect(fd, HERE.host, 9, CONNECT);
  opens(1, { ...HERE, port: 20_001 });
  expect(commands.at(-1)).toEqual({ op: 'call', socket: 1, call: 'connect', host: HERE.host, port: 9 });
  expect(transfer.send(fd, bytes('x'), SEND)).toBe(1);
  handler(1).onReset?.({ at: 0, code: 'ECONNREFUSED', text: '' });
  expect(commands.slice(-2)).toMatchObject([
    { op: 'open', socket: 2, kind: 'udp', port: 20_001 },
    { op: 'call', socket: 2, call: 'connect', host: HERE.host, port: 9 },
  ]);
  expect(transfer.receive(fd, 10, false, RECV)).toBe('ECONNREFUSED');
  expect(transfer.receive(fd, 10, false, RECV)).toBe('EAGAIN');
});

test('a datagram that cannot be sent is told once, and the socket goes on under its port', () => {
  const { handler, opens, table, connections, transfer, commands } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Datagram, AT);
  connections.bind(fd, '0.0.0.0', 9_999, BIND);
  opens(1, { ...HERE, port: 9_999 });
  handler(1).onDatagram?.({ at: 0, ...PEER, bytes: bytes('kept') });
  transfer.sendTo(fd, bytes('x'), '192.0.2.1', 9, SEND);
  handler(1).onReset?.({ at: 0, code: 'TARGET_FORBIDDEN', text: 'not allowed' });
  expect(commands.at(-1)).toEqual({
    op: 'open',
    socket: 2,
    kind: 'udp',
    host: '0.0.0.0',
    port: 9_999,
    options: { mapPort: true },
  });
  expect(endpointText(table.get(fd)?.local)).toBe('0.0.0.0:9999');
  expect(transfer.sendTo(fd, bytes('x'), HERE.host, 9, SEND)).toBe('TARGET_FORBIDDEN not allowed');
  opens(2, { ...HERE, port: 9_999 });
  expect(transfer.receive(fd, 10, false, RECV)).toEqual(bytes('kept'));
  expect(transfer.sendTo(fd, bytes('x'), HERE.host, 9, SEND)).toBe(1);
});

test('a datagram socket whose port is gone for good is over', () => {
  const { handler, opens, table, connections, transfer, commands } = createProcess();
  const fd = table.socket(Family.Inet, Kind.Datagram, AT);
  connections.bind(fd, HERE.host, 9_999, BIND);
  opens(1, { ...HERE, port: 9_999 });
  handler(1).onReset?.({ at: 0, code: 'TARGET_FORBIDDEN', text: '' });
  handler(2).onReset?.({ at: 0, code: 'EADDRINUSE', text: '' });
  expect(commands.filter((command) => (command as { op: string }).op === 'open')).toHaveLength(2);
  expect(transfer.receive(fd, 10, false, RECV)).toBe('EADDRINUSE');
});

test('trouble stands before what is connected to, not before what is bound, and changes where it stands', () => {
  const { commands, connections, table } = createProcess();
  const [server, before, client] = Array.from({ length: 3 }, () => table.socket(Family.Inet, Kind.Stream, NO_SITE));
  connections.connect(before as number, HERE.host, HERE.port, CONNECT);
  connections.setTrouble({ slice: 1 });
  connections.bind(server as number, HERE.host, HERE.port, BIND);
  connections.connect(client as number, HERE.host, HERE.port, CONNECT);
  connections.setTrouble({ latency: 50 });
  connections.setTrouble(undefined);
  expect(commands).toMatchObject([
    { op: 'open', socket: 1, options: {} },
    { op: 'open', socket: 2, options: { reuseAddress: false, mapPort: true } },
    { op: 'open', socket: 3, options: { trouble: { slice: 1 } } },
    { op: 'call', socket: 3, options: { trouble: { latency: 50 } } },
    { op: 'call', socket: 3, options: { trouble: {} } },
  ]);
  expect(JSON.stringify(commands.slice(0, 2))).not.toContain('trouble');
});
