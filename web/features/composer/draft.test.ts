import { describe, expect, test } from 'vitest';
import { countDraft, EMPTY_DRAFT, encodeDraft, parseStoredDraft, readAs } from './draft.ts';

describe('the bytes that will leave', () => {
  test.each([
    ['text', 'none', 'hi', [0x68, 0x69]],
    ['text', 'lf', 'hi', [0x68, 0x69, 0x0a]],
    ['text', 'crlf', '', [0x0d, 0x0a]],
    ['text', 'none', '\\n', [0x5c, 0x6e]],
    ['text', 'none', '你', [0xe4, 0xbd, 0xa0]],
    ['text', 'none', 'a\nb', [0x61, 0x0a, 0x62]],
    ['text', 'lf', 'a\nb', [0x61, 0x0a, 0x62, 0x0a]],
    ['text', 'crlf', 'a\nb', [0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x0a]],
    ['text', 'none', 'a\r\nb', [0x61, 0x0d, 0x0a, 0x62]],
    ['text', 'crlf', 'a\r\nb', [0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x0a]],
    ['text', 'lf', 'a\r\nb', [0x61, 0x0a, 0x62, 0x0a]],
    ['escapes', 'crlf', '\\n\nb', [0x0a, 0x0d, 0x0a, 0x62, 0x0d, 0x0a]],
    ['hex', 'crlf', '61\n62', [0x61, 0x62, 0x0d, 0x0a]],
    ['escapes', 'none', 'a\\n\\x00\\xff', [0x61, 0x0a, 0x00, 0xff]],
    ['escapes', 'lf', '\\r', [0x0d, 0x0a]],
    ['hex', 'none', '68 65 0A', [0x68, 0x65, 0x0a]],
    ['hex', 'crlf', 'ff', [0xff, 0x0d, 0x0a]],
  ] as const)('%s, %s: %j', (sendAs, lineEnding, text, bytes) => {
    const draft = { text, sendAs, lineEnding };
    expect([...encodeDraft(draft)]).toEqual(bytes);
    expect(countDraft(draft)).toBe(bytes.length);
  });

  test('the checksum is of the line ending too, and behind it', () => {
    const draft = { text: '123456789', sendAs: 'text', lineEnding: 'none', checksum: 'crc16-modbus' } as const;
    expect([...encodeDraft(draft)].slice(-2)).toEqual([0x37, 0x4b]);
    const ended = { ...draft, text: '12345678', sendAs: 'hex', lineEnding: 'lf', checksum: 'sum8' } as const;
    expect([...encodeDraft(ended)]).toEqual([0x12, 0x34, 0x56, 0x78, 0x0a, 0x1e]);
    expect(parseStoredDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
    expect(parseStoredDraft({ ...draft, checksum: 'md5' })).not.toHaveProperty('checksum');
  });

  test.each([
    ['escapes', 'ab\\xg1', 'ESCAPE_INVALID', 2],
    ['escapes', 'end\\', 'ESCAPE_INVALID', 3],
    ['escapes', 'a\r\nb\r\n\\q', 'ESCAPE_INVALID', 4],
    ['hex', '68 6', 'HEX_INVALID', 3],
    ['hex', '68\r\nzz', 'HEX_INVALID', 3],
    ['hex', '68 zz', 'HEX_INVALID', 3],
  ] as const)('%s %j is refused with its place in the box', (sendAs, text, code, position) => {
    const draft = { text, sendAs, lineEnding: 'none' } as const;
    expect(() => encodeDraft(draft)).toThrow(expect.objectContaining({ code, position }));
    expect(countDraft(draft)).toBeUndefined();
  });
});

test('the place of a wrong escape is the box’s own, though its lines end with CRLF', () => {
  const draft = { text: 'a\nb\n\\q', sendAs: 'escapes', lineEnding: 'crlf' } as const;
  expect(() => encodeDraft(draft)).toThrow(expect.objectContaining({ code: 'ESCAPE_INVALID', position: 4 }));
});

test.each([
  [undefined, EMPTY_DRAFT],
  [[], EMPTY_DRAFT],
  [
    { text: 'x', sendAs: 'hex', lineEnding: 'lf' },
    { text: 'x', sendAs: 'hex', lineEnding: 'lf' },
  ],
  [{ text: 3, sendAs: 'morse', lineEnding: 'cr' }, EMPTY_DRAFT],
])('stored %j', (stored, draft) => {
  expect(parseStoredDraft(stored)).toEqual(draft);
});

describe('a draft that is to be read in another way', () => {
  test.each([
    ['text', 'hex', 'héllo', '68 c3 a9 6c 6c 6f'],
    ['text', 'hex', 'say: \\n', '73 61 79 3a 20 5c 6e'],
    ['escapes', 'hex', 'hi\\n', '68 69 0a'],
    ['escapes', 'hex', 'broken \\xg', 'broken \\xg'],
    ['text', 'hex', '68:65 0x6c', '68:65 0x6c'],
    ['text', 'hex', '68 6', '68 6'],
    ['text', 'escapes', 'hi\\n', 'hi\\n'],
    ['hex', 'text', '68 69', '68 69'],
    ['text', 'hex', '', ''],
  ] as const)('from %s to %s: %j is %j', (from, to, text, expected) => {
    const draft = { text, sendAs: from, lineEnding: 'lf' } as const;
    expect(readAs(draft, to)).toEqual({ ...draft, sendAs: to, text: expected });
  });
  test('the bytes stay, the line ending is not in them twice', () => {
    const draft = { text: '你好', sendAs: 'text', lineEnding: 'crlf' } as const;
    expect(encodeDraft(readAs(draft, 'hex'))).toEqual(encodeDraft(draft));
  });
});
