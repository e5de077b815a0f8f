import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { ByteStream } from '../trace/byte-stream.ts';
import { Observable } from '../trace/observable.ts';
import type { ScriptSocket } from '../trace/script/script-run.ts';
import { runPeer } from './peer-run.ts';
import type { PeerAction } from './schema/peer-schema.ts';

type Hear = (bytes: Uint8Array, server: FakeServer) => void;

/** A server's side that answers at once, and a clock that runs only when nothing else can. */
class FakeServer extends Observable implements ScriptSocket {
  isConnected = true;
  isOver = false;
  ending: ScriptSocket['ending'];
  readonly queuedBytes = 0;
  readonly received = new ByteStream();
  readonly heard: string[] = [];
  isClosed = false;
  readonly #hear: Hear;
  readonly #timers = new Set<() => void>();
  #now = 0;

  constructor(hear: Hear = () => undefined) {
    super();
    this.#hear = hear;
  }
  readonly clock = {
    now: () => this.#now,
    after: (span: number, run: () => void) => {
      const due = this.#now + span;
      const timer = (): void => {
        if (!this.#timers.delete(timer)) return;
        this.#now = due;
        run();
      };
      this.#timers.add(timer);
      // After all that is under way.
      setImmediate(timer);
      return () => void this.#timers.delete(timer);
    },
  };
  say(text: string | Uint8Array): void {
    this.received.append(typeof text === 'string' ? encodeUtf8(text) : text);
    this.changed();
  }
  get canSend(): boolean {
    return !this.isOver;
  }
  /** A reset is the end of both directions. */
  finish(ending: 'fin' | 'reset'): void {
    this.ending = ending;
    this.isOver = ending === 'reset';
    this.changed();
  }
  refuse(): void {
    this.isOver = true;
    this.changed();
  }
  send(bytes: Uint8Array): void {
    this.heard.push(String.fromCharCode(...bytes));
    this.#hear(bytes, this);
  }
  end(): void {
    this.heard.push('FIN');
    this.#hear(new Uint8Array(), this);
  }
  reset(): void {
    this.heard.push('RST');
  }
  close(): void {
    this.isClosed = true;
  }
}
const echo: Hear = (bytes, server) => (bytes.length > 0 ? server.say(bytes) : server.finish('fin'));

async function ran(server: FakeServer, ...script: PeerAction[]) {
  const outcome = await runPeer(script, server, server.clock);
  expect(server.isClosed).toBe(true);
  return outcome;
}

test('a server that does as it should: slices, a half-close, its end', async () => {
  const server = new FakeServer(echo);
  const script: PeerAction[] = [
    { sendSlowly: ['\\x00\\x03one', 2] },
    { expectBytes: '\\x00\\x03one' },
    { end: true },
    { expectEnd: 'fin' },
  ];
  expect(await ran(server, ...script)).toEqual({ kind: 'passed' });
  expect(server.heard).toEqual(['\u0000\u0003', 'on', 'e', 'FIN']);
});

test.each<[string, Hear, PeerAction[], object]>([
  [
    'other bytes, told as soon as they differ',
    (_, server) => server.say('hello pyphon'),
    [{ send: 'x' }, { expectBytes: 'hello python, and more' }],
    { action: 1, why: 'differs', expected: 'hello python, and more', received: 'hello pyphon', at: 8 },
  ],
  [
    'too few bytes',
    (_, server) => server.say('hel'),
    [{ send: 'x' }, { expectBytes: 'hello' }],
    { action: 1, why: 'missing', expected: 'hello', received: 'hel', at: 3 },
  ],
  [
    'an end before its time',
    (_, server) => {
      server.say('hel');
      server.finish('fin');
    },
    [{ send: 'x' }, { expectBytes: 'hello' }],
    { action: 1, why: 'ended', expected: 'hello', received: 'hel', at: 3 },
  ],
  [
    'a reset',
    (_, server) => server.finish('reset'),
    [{ send: 'x' }, { expectBytes: 'hello' }],
    { action: 1, why: 'reset', expected: 'hello', received: '', at: 0 },
  ],
  [
    'no end',
    () => undefined,
    [{ end: true }, { expectEnd: 'fin' }],
    { action: 1, why: 'open', expected: '', received: '', at: 0 },
  ],
  [
    'words where silence was to be, after others that were right',
    (_, server) => server.say('okno'),
    [{ send: 'x' }, { expectBytes: 'ok' }, { expectSilence: 100 }],
    { action: 2, why: 'spoke', expected: '', received: 'no', at: 2 },
  ],
  [
    'a text that is not like its template',
    (_, server) => server.say("[Thu Sep 15 22:29:12 2016] 'hi'"),
    [{ send: 'hi' }, { expectText: "[{ctime}] b'hi'" }],
    { action: 1, why: 'differs', at: 1 },
  ],
])('says where it stopped, and why: %s', async (_, hear, script, failure) => {
  expect(await ran(new FakeServer(hear), ...script)).toMatchObject({ kind: 'failed', ...failure });
});

test('a text with tokens fits, in however many parts it comes', async () => {
  const server = new FakeServer((_, self) => {
    self.say('[Thu Sep 15 22:29:12 ');
    setImmediate(() => self.say("2016] b'hi'"));
  });
  expect(await runPeer([{ send: 'hi' }, { expectText: "[{ctime}] b'hi'" }], server, patient(server))).toEqual({
    kind: 'passed',
  });
});
/** A clock whose time never comes. */
const patient = ({ clock }: FakeServer) => ({ ...clock, after: () => () => undefined });

test('silence passes when its time has passed', async () => {
  const server = new FakeServer();
  expect(await ran(server, { send: 'x' }, { expectSilence: 100 }, { send: 'y' })).toEqual({ kind: 'passed' });
  expect(server.heard).toEqual(['x', 'y']);
  expect(server.clock.now()).toBe(100);
});

test('nobody listens: nothing of the script is done', async () => {
  const server = new FakeServer();
  server.isConnected = false;
  setImmediate(() => server.refuse());
  expect(await ran(server, { send: 'x' })).toMatchObject({ kind: 'failed', action: 0, why: 'refused' });
  expect(server.heard).toEqual([]);
});

test('the first byte that differs is named, wherever it is and however the answer is cut', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), fc.integer({ min: 1, max: 64 }), async (right, place, part) => {
      const at = place % right.length;
      const wrong = right.map((byte, index) => (index === at ? byte ^ 1 : byte));
      const server = new FakeServer((_, self) => {
        for (let offset = 0; offset < wrong.length; offset += part) self.say(wrong.subarray(offset, offset + part));
      });
      const escapes = [...right].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
      const outcome = await ran(server, { send: 'x' }, { expectBytes: escapes });
      expect(outcome).toMatchObject({ kind: 'failed', why: 'differs', at });
    }),
    { numRuns: 100 },
  );
});
