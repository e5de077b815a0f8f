import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningPlayground } from '../../../server/start-playground.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { nodeClock } from '../../../testing/ws-dial.ts';
import { ServerTime } from '../../../trace/server-time.ts';
import { CallRecorder } from '../../python/sockets/call-recorder.ts';
import { ProcessSockets } from '../../python/sockets/process-sockets.ts';
import { Family, Kind, Ready } from '../../python/sockets/socket-entry.ts';
import type { SocketReport } from '../../python/sockets/socket-log.ts';
import { Waiters } from '../../python/waiters.ts';
import { openTestPage } from '../testing/test-page.ts';

let server: RunningPlayground;
beforeAll(async () => {
  server = await startTestPlayground();
});
afterAll(() => server.close());

/** A line of the program; the low bits are the call's number (call-sites.ts). */
const AT = 7 * 32;
const [BIND, LISTEN, ACCEPT, CONNECT, SEND, RECV, CLOSE] = [AT + 1, AT + 2, AT + 3, AT + 4, AT + 5, AT + 6, AT + 10];
const bytes = (text: string) => new TextEncoder().encode(text);

/** The sockets of a process, on a gateway session from Node; `read` and `ready` wait as the shim does. */
function openProcess() {
  const page = openTestPage(server.url);
  const { client } = page;
  const labPort = async (name: string): Promise<number> => {
    await until(page, () => page.lab().length > 0);
    return page.lab().find((lab) => lab.name === name)?.port ?? 0;
  };
  const time = new ServerTime();
  const recorder = new CallRecorder({ time, now: nodeClock.now, onFirst: () => undefined });
  recorder.setFile('client.py');
  const waiters: Waiters = new Waiters((fd, events) => sockets.table.ready(fd, events) !== 0);
  const sockets: ProcessSockets = new ProcessSockets({
    waiters,
    recorder,
    time,
    gateway: {
      open: (open, handler) => client.open(open, handler),
      resolve: async () => '',
      flush: () => undefined,
      onStandIn: () => undefined,
    },
  });
  const settled = async (waiter: number) => {
    await waiters.promise(waiter);
    return waiters.take(waiter);
  };
  const ready = (fd: number, events: number) => settled(waiters.wait([fd, events], -1, false, 0));
  const read = async (fd: number, size: number): Promise<string> => {
    for (;;) {
      const got = sockets.transfer.receive(fd, size, false, RECV);
      if (got === 0) return '';
      if (typeof got === 'object') return new TextDecoder().decode(got);
      if (got !== 'EAGAIN') return got;
      await ready(fd, Ready.In);
    }
  };
  const connect = async (host: string, port: number): Promise<number> => {
    const fd = sockets.table.socket(Family.Inet, Kind.Stream, AT);
    expect(sockets.connections.connect(fd, host, port, CONNECT)).toBe('EINPROGRESS');
    await ready(fd, Ready.Out);
    expect(sockets.table.takeError(fd)).toBe('');
    return fd;
  };
  return { ...sockets, client, labPort, recorder, time, settled, ready, read, connect };
}
const rows = (report: SocketReport | undefined) =>
  (report?.calls ?? []).map((call) => ['end' in call ? 'local' : 'peer', call.call, call.count, call.error] as const);

test('a listener and a client of one process: bytes, half-close and end, all by the real gateway', async () => {
  const { table, connections, transfer, recorder, settled, ready, read, connect, client } = openProcess();
  const listener = table.socket(Family.Inet, Kind.Stream, AT);
  expect(await settled(connections.bind(listener, '127.0.0.1', 0, BIND))).toBe('');
  expect(await settled(connections.listen(listener, 5, LISTEN))).toBe('');
  const port = table.get(listener)?.local?.port ?? 0;
  expect(port).toBeGreaterThan(0);
  const fd = await connect('127.0.0.1', port);
  await ready(listener, Ready.In);
  let accepted = connections.accept(listener, ACCEPT);
  while (typeof accepted === 'string') {
    await ready(listener, accepted === 'WAITING' ? Ready.Accepted : Ready.In);
    accepted = connections.accept(listener, ACCEPT);
  }
  expect(table.get(accepted)?.remote).toEqual(table.get(fd)?.local);
  expect(transfer.send(fd, bytes('hello'), SEND)).toBe(5);
  expect(await read(accepted, 1_024)).toBe('hello');
  expect(transfer.shutdown(fd, 1, AT + 9)).toBe('');
  expect(await read(accepted, 1_024)).toBe('');
  expect(transfer.send(accepted, bytes('bye'), SEND)).toBe(3);
  expect(await read(fd, 2)).toBe('by');
  const reports = recorder.take();
  const heads = reports.map(({ head: { kind, state } }) => [kind, state]);
  expect(heads).toEqual([
    ['listen', 'LISTEN'],
    ['tcp', expect.stringMatching(/^FIN-WAIT/)],
    ['accepted', 'CLOSE-WAIT'],
  ]);
  table.end();
  await table.closing.settled();
  expect(table.openCount).toBe(0);
  client.leave();
});

test('more than the send buffer goes through, and what is unread is granted back', async () => {
  const { table, transfer, ready, read, connect, client, labPort } = openProcess();
  const fd = await connect('127.0.0.1', await labPort('Raw echo'));
  const total = 1_000_000;
  let sent = 0;
  const sending = (async () => {
    while (sent < total) {
      const count = transfer.send(fd, new Uint8Array(Math.min(65_536, total - sent)).fill(97), SEND);
      if (typeof count === 'number') sent += count;
      else await ready(fd, Ready.Out);
    }
  })();
  let received = 0;
  while (received < total) received += (await read(fd, 65_536)).length;
  await sending;
  expect([sent, received]).toEqual([total, total]);
  table.close(fd, CLOSE);
  await table.closing.settled();
  client.leave();
});

test('a lab server calls on the other end, on one clock with the program, and the order of cause and effect holds', async () => {
  const { transfer, recorder, time, read, connect, client, labPort } = openProcess();
  const fd = await connect('127.0.0.1', await labPort('Threaded echo'));
  transfer.send(fd, bytes('hello'), SEND);
  expect(await read(fd, 1_024)).toContain('hello');
  const [report] = recorder.take();
  expect(report?.head.lab).toBe('Threaded echo');
  expect(time.bound).toBeGreaterThan(0);
  const at = (end: string, name: string) =>
    report?.calls.find((call) => call.call === name && ('end' in call ? 'local' : 'peer') === end)?.at ?? Number.NaN;
  expect(at('local', 'send')).toBeLessThanOrEqual(at('peer', 'recv'));
  expect(at('peer', 'send')).toBeLessThanOrEqual(at('local', 'recv'));
  expect(rows(report)).toContainEqual(['peer', 'recv', 5, undefined]);
  client.leave();
});

test('a refused connect says so once', async () => {
  const { table, connections, recorder, ready, client } = openProcess();
  const fd = table.socket(Family.Inet, Kind.Stream, AT);
  const free = await startTestPlayground();
  const { port } = free;
  await free.close();
  expect(connections.connect(fd, '127.0.0.1', port, CONNECT)).toBe('EINPROGRESS');
  await ready(fd, Ready.Out);
  const error = table.takeError(fd);
  expect(error).toMatch(/^(ECONNREFUSED|TARGET_FORBIDDEN)/);
  expect(table.takeError(fd)).toBe('');
  expect(rows(recorder.take()[0]).at(-1)).toEqual(['local', 'connect', 0, error.split(' ')[0]]);
  client.leave();
});
