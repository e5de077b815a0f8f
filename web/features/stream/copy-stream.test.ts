import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import { COPY_FORMATS, COPY_SCOPES, copiedBytes, copyStream } from './copy-stream.ts';
import type { StreamSource } from './stream-lines.ts';

function conversation(...told: readonly (readonly [Direction, Uint8Array])[]): StreamSource {
  const events: TraceEvent[] = [];
  const streams = { sent: new ByteStream(), received: new ByteStream() };
  for (const [direction, bytes] of told) {
    const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
    const moved = { direction, offset: streams[direction].length, count: bytes.length };
    events.push({ ...blank, ...moved, end: 'local', call: direction === 'sent' ? 'send' : 'recv' });
    streams[direction].append(bytes);
  }
  return { log: { length: () => events.length, at: (index) => events[index] }, ...streams };
}
const source = conversation(
  ['sent', encodeUtf8('hi')],
  ['sent', encodeUtf8('!\n')],
  ['received', Uint8Array.of(0x6f, 0x6b, 0xff)],
);

test('one direction is its bytes alone', () => {
  expect(copyStream(source, 'sent', 'text')).toBe('hi!\n');
  expect(copyStream(source, 'sent', 'base64')).toBe('aGkhCg==');
  expect(copyStream(source, 'sent', 'python')).toBe("b'hi!\\n'");
  expect(copyStream(source, 'received', 'c')).toContain('unsigned char received[] = {\n  0x6f, 0x6b, 0xff\n};');
  expect(copyStream(source, 'received', 'hexdump')).toBe(
    '00000000  6f 6b ff                                          |ok.|\n00000003\n',
  );
});

test('both directions are runs, each with its own', () => {
  expect(copyStream(source, 'both', 'text')).toBe('sent 4 B\nhi!\n\nreceived 3 B\nok\ufffd\n');
  expect(copyStream(source, 'both', 'python')).toBe("[\n    ('sent', b'hi!\\n'),\n    ('received', b'ok\\xff'),\n]\n");
  expect(copyStream(source, 'both', 'c')).toMatch(/char sent_0\[\] = [\s\S]*char received_1\[\] = /);
});

test('JSON has text where the bytes are text, and Base64 always', () => {
  expect(JSON.parse(copyStream(source, 'both', 'json'))).toEqual([
    { direction: 'sent', offset: 0, count: 4, text: 'hi!\n', base64: 'aGkhCg==' },
    { direction: 'received', offset: 0, count: 3, base64: 'b2v/' },
  ]);
  expect(JSON.parse(copyStream(source, 'received', 'json'))).toHaveLength(1);
});

test('nothing yet is nothing, in every form', () => {
  const empty = conversation();
  for (const format of COPY_FORMATS) {
    for (const scope of COPY_SCOPES) expect(copyStream(empty, scope, format)).toEqual(expect.any(String));
  }
  expect(JSON.parse(copyStream(empty, 'both', 'json'))).toEqual([]);
});

test('how much it would be is known before', () => {
  expect(COPY_SCOPES.map((scope) => copiedBytes(source, scope))).toEqual([7, 4, 3]);
});
