import fc from 'fast-check';
import type { Call } from '../../protocol/call.ts';
import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Direction, End, TraceEvent } from '../event.ts';
import { type RecordedKind, type RecordedSocket, type Recording, readerOf } from '../export/recording.ts';

export const EPOCH = 1_473_972_552_000;

export function recordingOf(...sockets: RecordedSocket[]): Recording {
  return { version: 1, epoch: EPOCH, sockets };
}

type Named = { id?: number; kind?: RecordedKind; local?: Endpoint; remote?: Endpoint; lab?: string };
const NAMED = {
  id: 1,
  kind: 'tcp',
  local: { host: '127.0.0.1', port: 55_378 },
  remote: { host: '127.0.0.1', port: 8009 },
} as const;

/** Writes a socket's trace call by call; each returns 10 µs after the one before, or when `wait` says. */
export class SocketScript {
  readonly #named: Named;
  readonly #events: TraceEvent[] = [];
  readonly #bytes: Record<Direction, number[]> = { sent: [], received: [] };
  readonly #read: Record<Direction, number> = { sent: 0, received: 0 };
  #now = 1_000;

  constructor(named: Named = {}) {
    this.#named = named;
  }
  wait(microseconds: number): this {
    this.#now += microseconds;
    return this;
  }
  call(end: End, call: Call, rest: Partial<TraceEvent> = {}): this {
    this.#now += 10;
    const none = {
      argument: undefined,
      direction: undefined,
      offset: 0,
      count: 0,
      text: '',
      error: undefined,
      took: undefined,
    };
    this.#events.push({ ...none, at: this.#now, end, call, ...rest });
    return this;
  }
  connect(error?: SocketErrorCode): this {
    return this.call('local', 'connect', { error, text: '127.0.0.1:8009' });
  }
  /** Bytes leave an end by one send(2). */
  send(end: End, bytes: string | Uint8Array, call: Call = 'send', text = ''): this {
    const direction = end === 'local' ? 'sent' : 'received';
    const stream = this.#bytes[direction];
    const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    this.call(end, call, { direction, offset: stream.length, count: data.length, text });
    for (const byte of data) stream.push(byte);
    return this;
  }
  /** One recv(2) at an end takes at the most `size` of what is unread. */
  recv(end: End, size = 65_536, call: Call = 'recv', text = ''): this {
    const direction = end === 'local' ? 'received' : 'sent';
    const offset = this.#read[direction];
    const count = Math.min(size, this.#bytes[direction].length - offset);
    this.#read[direction] += count;
    return this.call(end, call, { argument: size, direction, offset, count, text });
  }
  unread(end: End): number {
    const direction = end === 'local' ? 'received' : 'sent';
    return this.#bytes[direction].length - this.#read[direction];
  }
  /** `seesPeer` false: the program at the other end is no lab server, so only our own calls are known. */
  done(seesPeer = true): RecordedSocket {
    const received = this.#bytes.received.slice(0, this.#read.received);
    return {
      ...NAMED,
      ...this.#named,
      events: this.#events.filter(({ end }) => seesPeer || end === 'local'),
      sent: readerOf(Uint8Array.from(this.#bytes.sent)),
      received: readerOf(Uint8Array.from(received)),
    };
  }
}

type Action = { end: End; does: 'send' | 'recv' | 'shutdown'; bytes: Uint8Array; size: number; pause: number };
const action: fc.Arbitrary<Action> = fc.record({
  end: fc.constantFrom<End>('local', 'peer'),
  does: fc.constantFrom('send', 'send', 'recv', 'recv', 'shutdown'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  size: fc.integer({ min: 1, max: 30 }),
  pause: fc.nat(50),
});

/** Any conversation that TCP allows, with reads and writes cut at will, and any way to end it. */
export const tcpSockets: fc.Arbitrary<RecordedSocket> = fc
  .record({
    id: fc.nat(100_000),
    kind: fc.constantFrom<RecordedKind>('tcp', 'accepted', 'unix'),
    addresses: fc.constantFrom(
      ['127.0.0.1', '127.0.0.1'],
      ['::1', '::1'],
      ['10.0.0.7', '93.184.216.34'],
      ['fe80::1', '2001:db8::7'],
    ),
    actions: fc.array(action, { maxLength: 30 }),
    ending: fc.constantFrom('open', 'close', 'local reset', 'peer reset'),
    seesPeer: fc.boolean(),
  })
  .map(({ id, kind, addresses: [local = '', remote = ''], actions, ending, seesPeer }) => {
    const script = new SocketScript({
      id,
      kind,
      local: { host: local, port: 40_001 },
      remote: { host: remote, port: 8009 },
    });
    script.call('local', kind === 'accepted' ? 'accept' : 'connect');
    const isShut: Record<End, boolean> = { local: false, peer: false };
    for (const each of actions) play(script, each, isShut);
    while (script.unread('local') > 0) script.recv('local', 17);
    if (ending === 'close') script.call('local', 'close').recv('peer').call('peer', 'close');
    if (ending === 'local reset') script.call('local', 'reset').call('peer', 'recv', { error: 'ECONNRESET' });
    if (ending === 'peer reset') script.call('peer', 'reset').call('local', 'recv', { error: 'ECONNRESET' });
    return script.done(seesPeer);
  });

function play(script: SocketScript, { end, does, bytes, size, pause }: Action, isShut: Record<End, boolean>): void {
  script.wait(pause);
  if (does === 'recv' && script.unread(end) > 0) script.recv(end, size);
  if (isShut[end]) return;
  if (does === 'send') script.send(end, bytes);
  // Seldom enough that most conversations have something to say.
  if (does !== 'shutdown' || pause > 5) return;
  isShut[end] = true;
  script.call(end, 'shutdown', { argument: 1 });
}
