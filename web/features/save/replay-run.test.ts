import { expect, test } from 'vitest';
import type { Clock } from '../../../protocol/clock.ts';
import type { ReplayStep } from '../../../trace/export/replay.ts';
import { Observable } from '../../../trace/observable.ts';
import { type ReplayedSocket, ReplayRun } from './replay-run.ts';

/** A socket that writes down what is done to it; the test is its peer. */
class FakeSocket extends Observable implements ReplayedSocket {
  readonly done: string[] = [];
  local: ReplayedSocket['local'];
  state: ReplayedSocket['state'] = 'SYN-SENT';
  isOver = false;
  canSend = true;
  received = { length: 0 };
  open(): void {
    this.local = { host: '127.0.0.1', port: 50_000 };
    this.state = 'ESTABLISHED';
    this.changed();
  }
  hear(count: number): void {
    this.received = { length: this.received.length + count };
    this.changed();
  }
  hearEnd(): void {
    this.state = 'CLOSE-WAIT';
    this.changed();
  }
  die(): void {
    this.isOver = true;
    this.canSend = false;
    this.state = 'CLOSED';
    this.changed();
  }
  send(bytes: Uint8Array): void {
    this.#do(`send ${Buffer.from(bytes)}`);
  }
  shutdown(): void {
    this.#do('shutdown');
  }
  close(): void {
    this.#do('close');
  }
  reset(): void {
    this.#do('reset');
  }
  #do(what: string): void {
    this.done.push(what);
    this.changed();
  }
}

class HandClock implements Clock {
  #now = 1_000;
  #timers: { at: number; run: () => void }[] = [];
  readonly now = (): number => this.#now;
  readonly after = (delay: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + delay, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };
  get timers(): number {
    return this.#timers.length;
  }
  turn(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
  }
}

const send = (text: string, at = 0): ReplayStep => ({ kind: 'send', at, bytes: Buffer.from(text) });
const REPLY: ReplayStep[] = [
  send('one'),
  { kind: 'wait', received: 3 },
  send('two'),
  { kind: 'half-close', at: 0 },
  { kind: 'wait-end' },
  { kind: 'close', at: 0 },
];

test('waits for the connection, for each reply and for the end', () => {
  const socket = new FakeSocket();
  const run = new ReplayRun(REPLY, socket, new HandClock());
  expect(socket.done).toEqual([]);
  socket.open();
  expect(socket.done).toEqual(['send one']);
  socket.hear(2);
  expect(run.status).toEqual({ phase: 'running', done: 1, total: 6, missing: 1 });
  socket.hear(5);
  expect(socket.done).toEqual(['send one', 'send two', 'shutdown']);
  socket.hearEnd();
  expect(socket.done.at(-1)).toBe('close');
  expect(run.status).toEqual({ phase: 'done', done: 6, total: 6, missing: 0 });
});

test('keeps the original timing, counted from the connection', () => {
  const socket = new FakeSocket();
  const clock = new HandClock();
  const run = new ReplayRun([send('one', 10_000), send('two', 25_500), { kind: 'close', at: 25_500 }], socket, clock);
  clock.turn(1_000);
  socket.open();
  expect(socket.done).toEqual([]);
  clock.turn(10);
  expect(socket.done).toEqual(['send one']);
  socket.hear(100);
  clock.turn(15);
  expect(socket.done).toEqual(['send one']);
  clock.turn(1);
  expect(socket.done).toEqual(['send one', 'send two', 'close']);
  expect(run.status.phase).toBe('done');
  expect(clock.timers).toBe(0);
});

test('is cut where the socket ends first', () => {
  for (const isOpened of [false, true]) {
    const socket = new FakeSocket();
    const run = new ReplayRun(REPLY, socket, new HandClock());
    if (isOpened) socket.open();
    socket.die();
    expect(run.status.phase).toBe('cut');
    expect(socket.done).toEqual(isOpened ? ['send one'] : []);
  }
});

test('is cut where the recording sends and this socket cannot', () => {
  const socket = new FakeSocket();
  const run = new ReplayRun(REPLY, socket, new HandClock());
  socket.canSend = false;
  socket.open();
  expect(run.status).toMatchObject({ phase: 'cut', done: 0 });
});

test('goes no further once stopped', () => {
  const socket = new FakeSocket();
  const clock = new HandClock();
  const run = new ReplayRun([send('one', 10_000)], socket, clock);
  socket.open();
  run.stop();
  clock.turn(1_000);
  socket.hear(1);
  expect(socket.done).toEqual([]);
  expect(run.status.phase).toBe('stopped');
  expect(clock.timers).toBe(0);
});

test('tells those who look on of every step', () => {
  const socket = new FakeSocket();
  const run = new ReplayRun(REPLY, socket, new HandClock());
  const seen: number[] = [];
  run.subscribe(() => seen.push(run.status.done));
  socket.open();
  socket.hear(3);
  expect(seen).toEqual([1, 4]);
});
