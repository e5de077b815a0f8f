import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8Lenient, encodeUtf8 } from '../../protocol/utf8.ts';
import { ByteStream } from '../byte-stream.ts';
import type { Direction, TraceEvent } from '../event.ts';
import type { DecoderName } from './message.ts';
import { DECODED_MAX, Messages } from './messages.ts';
import { RULES } from './rules.ts';

const never = (): boolean => false;
function conversation(decoder: DecoderName) {
  const events: TraceEvent[] = [];
  const log = { length: () => events.length, at: (index: number) => events[index] };
  const source = { log, sent: new ByteStream(), received: new ByteStream() };
  const messages = new Messages(source, RULES[decoder]);
  const none = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
  return {
    messages,
    move(direction: Direction, moved: string | Uint8Array): void {
      const bytes = typeof moved === 'string' ? encodeUtf8(moved) : moved;
      const call = direction === 'sent' ? 'send' : 'recv';
      const offset = source[direction].length;
      events.push({ ...none, end: 'local', call, direction, offset, count: bytes.length });
      source[direction].append(bytes);
      messages.update(never);
    },
    /** FIN of the other end. */
    eof(): void {
      const offset = source.received.length;
      events.push({ ...none, end: 'local', call: 'recv', direction: 'received', offset, count: 0 });
      messages.update(never);
    },
    shown: () =>
      Array.from({ length: messages.count }, (_, row) => {
        const { direction, start, end, body, calls } = messages.at(row);
        const text = decodeUtf8Lenient(source[direction].slice(body, end - body));
        return `${direction.charAt(0)} ${start} ${calls} ${text}`;
      }),
  };
}

describe('lines', () => {
  test('are whole behind their LF, however many calls moved them', () => {
    const { move, shown, messages } = conversation('lines');
    move('sent', 'one\ntw');
    move('received', 'ok\r\n');
    move('sent', 'o\nthr');
    expect(shown()).toEqual(['s 0 1 one\n', 'r 0 1 ok\r\n', 's 4 2 two\n']);
    expect(messages.tail('sent')).toEqual({ bytes: 3, state: 'partial' });
    expect(messages.tail('received')).toBeUndefined();
  });
  test('the last one needs none where the stream has ended', () => {
    const { move, eof, shown } = conversation('lines');
    move('received', 'a\nb');
    eof();
    expect(shown()).toEqual(['r 0 1 a\n', 'r 2 1 b']);
  });
});

describe('a length before each message', () => {
  test.each([
    ['length8', [2, 0x68, 0x69]],
    ['length16', [0, 2, 0x68, 0x69]],
    ['length16le', [2, 0, 0x68, 0x69]],
    ['length32', [0, 0, 0, 2, 0x68, 0x69]],
    ['length32le', [2, 0, 0, 0, 0x68, 0x69]],
  ] as const)('%s', (decoder, bytes) => {
    const { move, shown, messages, eof } = conversation(decoder);
    move('received', Uint8Array.from([...bytes, ...bytes]));
    expect(shown()).toEqual(['r 0 1 hi', `r ${bytes.length} 1 hi`]);
    move('received', Uint8Array.from(bytes.slice(0, -1)));
    eof();
    expect(messages.tail('received')).toEqual({ bytes: bytes.length - 1, state: 'cut' });
  });
});

describe('HTTP', () => {
  const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
  test('requests and responses, with a length, in chunks, and to the end of the stream', () => {
    const { move, eof, shown } = conversation('http');
    move('sent', `${request}POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc${request}`);
    move('received', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nhi');
    move('received', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n');
    move('received', 'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.0 200 OK\r\n\r\nto the');
    move('received', ' end');
    expect(shown()).toHaveLength(7);
    eof();
    expect(shown().map((line) => line.split(' ').slice(3).join(' '))).toEqual([
      '',
      'abc',
      '',
      '',
      'hi',
      '3\r\nabc\r\n0\r\nA: b\r\n\r\n',
      '',
      'to the end',
    ]);
    expect(shown().at(-1)).toMatch(/^r \d+ 2 /);
  });
  test.each([
    'hello python\n',
    '[Thu Sep 15 22:29:12 2016] b',
    'GET / HTTP/2\r\n\r\n',
    'GET / HTTP/1.1\r\nno colon\r\n\r\n',
    'GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    '\r\n',
  ])('%j is none', (text) => {
    const { move, messages } = conversation('http');
    move('received', text);
    expect(messages.tail('received')).toEqual({ bytes: text.length, state: 'broken' });
    expect(messages.count).toBe(0);
  });
});

test('however the bytes are cut by calls, the messages are the same', () => {
  const wire = [
    ['lines', 'one\ntwo\r\n\nthree'],
    ['length16', '\0\u0003abc\0\0\0\u0001x'],
    ['http', 'PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n'],
  ] as const;
  const borders = (decoder: DecoderName, text: string, cuts: readonly number[]) => {
    const { move, messages } = conversation(decoder);
    let from = 0;
    for (const at of [...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length]) {
      if (at > from) move('sent', text.slice(from, at));
      from = Math.max(from, at);
    }
    return Array.from({ length: messages.count }, (_, row) => [messages.at(row).start, messages.at(row).end]);
  };
  fc.assert(
    fc.property(fc.constantFrom(...wire), fc.array(fc.nat(), { maxLength: 8 }), ([decoder, text], cuts) => {
      expect(borders(decoder, text, cuts)).toEqual(borders(decoder, text, []));
    }),
  );
});

test('of a stream without end a bounded part is decoded', () => {
  const { move, messages } = conversation('lines');
  for (let sent = 0; sent <= DECODED_MAX; sent += 1_048_576) move('sent', new Uint8Array(1_048_576));
  expect(messages.isCut).toBe(true);
  expect(messages.tail('sent')).toEqual({ bytes: DECODED_MAX, state: 'partial' });
});
