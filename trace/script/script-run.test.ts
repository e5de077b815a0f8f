import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { ByteStream } from '../byte-stream.ts';
import { Observable } from '../observable.ts';
import { isScript, parseScript } from './parse-script.ts';
import { type RunOptions, ScriptRun, type ScriptSocket } from './script-run.ts';

class TestSocket extends Observable implements ScriptSocket {
  readonly received = new ByteStream();
  readonly done: string[] = [];
  isConnected = true;
  isOver = false;
  ending: ScriptSocket['ending'];
  canSend = true;
  queuedBytes = 0;
  readonly send = (bytes: Uint8Array) => this.#do(new TextDecoder().decode(bytes));
  readonly end = () => this.#do('FIN');
  readonly reset = () => this.#over('RST');
  readonly close = () => this.#over('close');

  arrive(text: string): void {
    this.received.append(encodeUtf8(text));
    this.changed();
  }
  set(facts: Partial<Pick<TestSocket, 'isConnected' | 'isOver' | 'ending' | 'canSend' | 'queuedBytes'>>): void {
    Object.assign(this, facts);
    this.changed();
  }
  #do(what: string): void {
    this.done.push(what);
    this.changed();
  }
  #over(what: string): void {
    this.canSend = false;
    this.#do(what);
  }
}
function play(text: string, options?: RunOptions, socket = new TestSocket()) {
  const script = parseScript(text);
  if (!isScript(script)) throw new Error(`line ${script.line}: ${script.reason}`);
  const clock = new ManualClock();
  return { socket, clock, run: new ScriptRun(script, socket, clock, options) };
}

describe('steps', () => {
  test('send, wait for, send: however the bytes were cut', () => {
    const { socket, run } = play('send "EHLO"\nreadUntil "\\r\\n"\nsend "QUIT"\nexpectBytes "221"\nread 2\nend');
    expect(socket.done).toEqual(['EHLO']);
    socket.arrive('250 ok\r');
    expect(run.status.step).toBe('readUntil');
    socket.arrive('\n2');
    expect(socket.done).toEqual(['EHLO', 'QUIT']);
    socket.arrive('21 ');
    socket.arrive('b');
    expect(socket.done).toEqual(['EHLO', 'QUIT', 'FIN']);
    expect(run.status.phase).toBe('done');
  });
  test('a read that has waited for its time ends it; what comes in time does not', () => {
    const { socket, run, clock } = play('readUntil ";" within 500\nreadUntil "!" within 100\nsend "never"');
    clock.advance(499);
    socket.arrive('a;');
    clock.advance(99);
    socket.arrive('b');
    expect(run.status.phase).toBe('running');
    clock.advance(1);
    expect([run.status.phase, run.status.step]).toEqual(['late', 'readUntil']);
    socket.arrive('!');
    expect(socket.done).toEqual([]);
  });
  test('other bytes than were expected end it at the first that differs', () => {
    const { socket, run } = play('expectBytes "OK"\nsend "never"');
    socket.arrive('ONO');
    expect(run.status).toMatchObject({ phase: 'differs', step: 'expectBytes' });
    expect(socket.done).toEqual([]);
  });
  test('what came before it began is not for it, unless it says so', () => {
    const socket = new TestSocket();
    socket.arrive('old\n');
    const { run } = play('readUntil "\\n"', {}, socket);
    expect(run.status.phase).toBe('running');
    expect(play('readUntil "\\n"', { from: 0 }, socket).run.status.phase).toBe('done');
  });
  test('what is waited for is found across any number of bytes', () => {
    const { socket, run } = play('readUntil "END"\nend');
    for (let part = 0; part < 5; part += 1) socket.arrive('x'.repeat(40_000));
    socket.arrive('EN');
    socket.arrive('D');
    expect(run.status.phase).toBe('done');
  });
  test('a connection that is not there yet is waited for; one that ends takes the script with it', () => {
    const socket = new TestSocket();
    socket.isConnected = false;
    const { run } = play('send "x"\nexpectEnd\nsend "late"', {}, socket);
    expect(socket.done).toEqual([]);
    socket.set({ isConnected: true });
    expect(socket.done).toEqual(['x']);
    socket.set({ isOver: true, canSend: false });
    expect(run.status.phase).toBe('cut');
    const never = play('send "x"', {}, Object.assign(new TestSocket(), { isConnected: false, isOver: true }));
    expect(never.run.status.phase).toBe('cut');
  });
  test.each(['expectBytes "abc"', 'readUntil "c"', 'read 3'])(
    'behind the last byte nothing is waited for: %s',
    (step) => {
      const { socket, run } = play(`${step}\nsend "never"`);
      socket.arrive('ab');
      expect(run.status.phase).toBe('running');
      socket.set({ ending: 'fin' });
      expect([run.status.phase, socket.done]).toEqual(['cut', []]);
    },
  );
  test('the connection has as long as a step, and each of these its own time', () => {
    const socket = Object.assign(new TestSocket(), { isConnected: false });
    const { run, clock } = play('read 1', { within: 100 }, socket);
    clock.advance(90);
    socket.set({ isConnected: true });
    clock.advance(90);
    expect(run.status.phase).toBe('running');
    clock.advance(10);
    expect([run.status.phase, run.status.step]).toEqual(['late', 'read']);
    const never = play('read 1', { within: 100 }, Object.assign(new TestSocket(), { isConnected: false }));
    never.clock.advance(100);
    expect([never.run.status.phase, never.run.status.step]).toEqual(['late', undefined]);
  });
  test('pauses by its clock', () => {
    const { socket, clock } = play('send "a"\npause 200\nsend "b"');
    clock.advance(199);
    expect(socket.done).toEqual(['a']);
    clock.advance(1);
    expect(socket.done).toEqual(['a', 'b']);
  });
});

describe('rounds', () => {
  test('each at its time, counted, and no more than were asked for', () => {
    const { socket, clock, run } = play('send "{n};"', { times: 3, every: 100 });
    expect(socket.done).toEqual(['1;']);
    clock.advance(100);
    expect(socket.done).toEqual(['1;', '2;']);
    clock.advance(1_000);
    expect(socket.done).toEqual(['1;', '2;', '3;']);
    expect(run.status).toMatchObject({ phase: 'done', round: 3, times: 3 });
  });
  test('stop with their socket, and when they are told to', () => {
    const cut = play('send "x"', { times: 10, every: 100 });
    cut.socket.set({ isOver: true, canSend: false });
    cut.clock.advance(5_000);
    expect(cut.run.status.phase).toBe('cut');
    const stopped = play('send "x"', { times: 10, every: 100 });
    stopped.run.stop();
    stopped.clock.advance(5_000);
    expect([cut.socket.done, stopped.socket.done]).toEqual([['x'], ['x']]);
  });
  test('never run ahead of what has left', () => {
    const { socket, clock } = play('send "x"', { times: 3, every: 10 });
    socket.set({ queuedBytes: 65_537 });
    clock.advance(1_000);
    expect(socket.done).toEqual(['x']);
    socket.set({ queuedBytes: 0 });
    clock.advance(10);
    clock.advance(10);
    expect(socket.done).toEqual(['x', 'x', 'x']);
  });
});

describe('rules', () => {
  test('answer for as long as the connection lasts', () => {
    const { socket, run } = play(
      'send "220\\n"\non line "PING" send "PONG"\non "QUIT" send "bye", end\non line send "?"',
    );
    socket.arrive('PING\nhm\nPI');
    expect(socket.done).toEqual(['220\n', 'PONG', '?']);
    socket.arrive('NG\nQUIT');
    expect(socket.done).toEqual(['220\n', 'PONG', '?', 'PONG', 'bye', 'FIN']);
    expect(run.status).toMatchObject({ phase: 'running', answers: 4 });
    socket.set({ isOver: true, canSend: false });
    expect(run.status.phase).toBe('done');
  });
  test('the bytes that end first are answered first; any answers what no other does', () => {
    const { socket } = play('on any echo\non "b" send "B"\non "a" send "A"');
    socket.arrive('xa b');
    socket.arrive('rest');
    expect(socket.done).toEqual(['A', 'B', 'rest']);
  });
  test('the end of the stream is answered by the end, behind all answers', () => {
    const { socket, clock, run } = play('on line pause 50, echo');
    socket.arrive('1\n');
    socket.set({ ending: 'fin' });
    expect(socket.done).toEqual([]);
    clock.advance(50);
    expect(socket.done).toEqual(['1\n', 'close']);
    expect(run.status.phase).toBe('done');
  });
  test('an answer after a pause does not overtake the next', () => {
    const { socket, clock } = play('on line pause 50, echo');
    socket.arrive('1\n2\n');
    clock.advance(50);
    expect(socket.done).toEqual(['1\n']);
    clock.advance(50);
    expect(socket.done).toEqual(['1\n', '2\n']);
  });
  test('a burst longer than what is looked at is answered line by line', () => {
    const { socket } = play('on line send "."');
    socket.arrive('0123456789abcde\n'.repeat(10_000));
    expect(socket.done).toHaveLength(10_000);
  });
});
