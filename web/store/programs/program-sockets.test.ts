import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { encodeRecording } from '../../../trace/export/encode-recording.ts';
import { parseRecording } from '../../../trace/export/recording-json.ts';
import { recordedSocket, recordingFrom } from '../../../trace/recorded.ts';
import type { ProgramHead } from '../../../trace/socket/program-head.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { TimeLine } from '../../../trace/time-line.ts';
import type { SocketReport } from '../../python/sockets/socket-log.ts';
import { type ProgramRun, ProgramSockets } from './program-sockets.ts';

const EPOCH = 1_700_000_000_000;
const LOCAL = { host: '127.0.0.1', port: 55_378 };
const REMOTE = { host: '127.0.0.1', port: 8_009 };
const HEAD: ProgramHead = {
  kind: 'tcp',
  state: 'ESTABLISHED',
  local: LOCAL,
  remote: REMOTE,
  lab: 'Timestamp echo',
  isOver: false,
  omitted: { sent: 0, received: 0 },
};
const bytes = (text: string) => new TextEncoder().encode(text);
function call(event: Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>): TraceEvent {
  return {
    end: 'local',
    argument: undefined,
    direction: undefined,
    offset: 0,
    count: 0,
    text: '',
    error: undefined,
    took: undefined,
    site: { file: 'client.py', line: 3 },
    ...event,
  };
}
function report(socket: number, head: ProgramHead, ...calls: SocketReport['calls']): SocketReport {
  return { socket, head, calls, sent: bytes(''), received: bytes('') };
}

function createSockets() {
  const line = new TimeLine();
  line.read(0, EPOCH);
  const sockets = new ProgramSockets(line);
  const begin = (): ProgramRun => {
    const run = { number: 0, sockets: new Map() };
    sockets.begin(run);
    return run;
  };
  const add = (run: ProgramRun, ...reports: SocketReport[]) => {
    const whole = { reports, open: reports.length, clock: 'server', bound: 400 } as const;
    sockets.add(run, whole);
  };
  return { sockets, begin, add };
}

test('a socket of a program is a trace: bytes, calls of both ends, state and times on the line of the page', () => {
  const { sockets, begin, add } = createSockets();
  const peer = { at: 12, call: 'recv', argument: 1_024, count: 2, text: '', error: undefined } as const;
  add(begin(), {
    ...report(1, HEAD, call({ at: 10, call: 'send', direction: 'sent', count: 2 }), peer),
    sent: bytes('hi'),
  });
  const [trace] = sockets.traces();
  expect(trace).toMatchObject({ source: 'program', kind: 'tcp', state: 'ESTABLISHED', remote: REMOTE, target: REMOTE });
  expect(trace?.lab).toBe('Timestamp echo');
  expect(trace?.sent.slice(0, 9)).toEqual(bytes('hi'));
  expect(trace?.log.at(0)).toMatchObject({
    at: EPOCH * 1_000 + 10,
    end: 'local',
    site: { file: 'client.py', line: 3 },
  });
  expect(trace?.log.at(1)).toMatchObject({
    at: EPOCH * 1_000 + 12,
    end: 'peer',
    direction: 'sent',
    offset: 0,
    count: 2,
  });
  expect(sockets.bound).toBe(400);
});

test('a socket becomes a listener when it listens', () => {
  const { sockets, begin, add } = createSockets();
  const run = begin();
  add(
    run,
    report(1, { kind: 'tcp', state: 'CLOSED', isOver: false, omitted: HEAD.omitted }, call({ at: 1, call: 'socket' })),
  );
  const [trace] = sockets.traces();
  expect(trace?.kind).toBe('tcp');
  const head: ProgramHead = { kind: 'listen', state: 'LISTEN', local: REMOTE, isOver: false, omitted: HEAD.omitted };
  add(run, report(1, { ...head, pending: { waiting: 1, max: 5 } }, call({ at: 2, call: 'listen' })));
  expect(sockets.traces()).toEqual([trace]);
  expect(trace).toMatchObject({ kind: 'listen', state: 'LISTEN', target: REMOTE, pending: { waiting: 1, max: 5 } });
});

test("datagrams meet the peer's recvfrom, cut or not", () => {
  const { sockets, begin, add } = createSockets();
  const sendto = (offset: number, count: number) =>
    call({ at: offset, call: 'sendto', direction: 'sent', offset, count, text: '127.0.0.1:8011' });
  const recvfrom = (count: number) =>
    ({ at: 9, call: 'recvfrom', argument: 4, count, text: '', error: undefined }) as const;
  const head: ProgramHead = { kind: 'udp', state: 'UNCONN', local: LOCAL, isOver: false, omitted: HEAD.omitted };
  add(begin(), report(1, head, sendto(0, 6), sendto(6, 2), recvfrom(4), recvfrom(2)));
  const { log } = sockets.traces()[0] as NonNullable<ReturnType<typeof sockets.traces>[0]>;
  expect([log.at(2), log.at(3)]).toMatchObject([
    { end: 'peer', offset: 0, count: 4, whole: 6 },
    { end: 'peer', offset: 6, count: 2 },
  ]);
});

test('what is saved of a socket whose bytes went beyond the cap can be read again', () => {
  const { sockets, begin, add } = createSockets();
  const head = { ...HEAD, omitted: { sent: 7, received: 0 } };
  const send = (offset: number, count: number) =>
    call({ at: offset + 1, call: 'send', direction: 'sent', offset, count });
  const site = { file: 'client.py', line: 3 };
  add(begin(), { ...report(1, head, send(0, 4), send(4, 5), send(9, 2)), sent: bytes('fours') });
  const [trace] = sockets.traces();
  const text = encodeRecording(recordingFrom([recordedSocket(trace as SocketTrace)]));
  const [saved] = parseRecording(text).sockets;
  expect(saved?.events.map(({ offset, count }) => [offset, count])).toEqual([
    [0, 4],
    [4, 1],
    [5, 0],
  ]);
  expect(saved?.events[0]?.site).toEqual(site);
  expect(trace?.omitted.sent).toBe(7);
  expect(trace?.log.at(1)?.count).toBe(5);
});

test('each run has its sockets, and the end of one closes what it had open', () => {
  const { sockets, begin, add } = createSockets();
  const first = begin();
  add(first, report(1, HEAD));
  sockets.end(first);
  expect(sockets.open).toBe(0);
  const second = begin();
  add(second, report(1, HEAD));
  expect(sockets.all.map(({ run, trace }) => [run, trace.isOver, trace.ordinal])).toEqual([
    [1, true, 1],
    [2, false, 1],
  ]);
  const late = { at: 99, call: 'close', argument: undefined, count: 0, text: '', error: undefined } as const;
  add(first, report(1, { ...HEAD, isOver: true, state: 'CLOSED' }, late));
  expect(sockets.traces()[0]?.log.at(0)).toMatchObject({ end: 'peer', call: 'close' });
  sockets.clear();
  expect(sockets.all.map(({ run }) => run)).toEqual([2]);
});

test('of thousands of sockets the oldest that are over go, and how many is said', () => {
  const { sockets, begin, add } = createSockets();
  const run = begin();
  const over: ProgramHead = { ...HEAD, isOver: true, state: 'CLOSED' };
  add(run, report(0, HEAD), ...Array.from({ length: 1_200 }, (_, index) => report(index + 1, over)));
  expect(sockets.traces()).toHaveLength(1_000);
  expect(sockets.dropped).toBe(201);
  expect(sockets.traces()[0]?.isOver).toBe(false);
});
