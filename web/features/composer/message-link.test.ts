import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHECKSUMS } from '../../../trace/bytes/checksum.ts';
import { type Draft, LINE_ENDINGS, SEND_AS } from './draft.ts';
import { LINK_MESSAGE_MAX, messageFromQuery } from './message-link.ts';
import { messageParams } from './message-params.ts';

test.each([
  ['?host=127.0.0.1&port=7', undefined],
  ['?text=hi%20there', { text: 'hi there', sendAs: 'text', lineEnding: 'none', checksum: 'none' }],
  ['?as=hex&data=68+69&end=crlf', { text: '68 69', sendAs: 'hex', lineEnding: 'crlf', checksum: 'none' }],
  ['?as=escapes&data=%5Cx00&sum=crc32', { text: '\\x00', sendAs: 'escapes', lineEnding: 'none', checksum: 'crc32' }],
  ['?as=morse&data=x&end=cr&sum=md5', { text: 'x', sendAs: 'text', lineEnding: 'none', checksum: 'none' }],
  // `text` says how it is to be read.
  ['?as=hex&text=68', { text: '68', sendAs: 'text', lineEnding: 'none', checksum: 'none' }],
  [`?data=${'a'.repeat(LINK_MESSAGE_MAX + 1)}`, 'too-long'],
])('%.60s', (search, message) => {
  expect(messageFromQuery(search)).toEqual(message);
});

test('what a link was made of comes out of it again', () => {
  const drafts: fc.Arbitrary<Draft> = fc.record({
    text: fc.string({ minLength: 1, unit: 'grapheme' }),
    sendAs: fc.constantFrom(...SEND_AS),
    lineEnding: fc.constantFrom(...LINE_ENDINGS),
    checksum: fc.constantFrom(...CHECKSUMS, 'none' as const),
  });
  fc.assert(
    fc.property(drafts, (draft) => {
      expect(messageFromQuery(`?${messageParams(draft)}`)).toEqual(draft);
    }),
  );
});

test('a message that is too long makes no link', () => {
  const draft: Draft = { text: 'a'.repeat(LINK_MESSAGE_MAX + 1), sendAs: 'text', lineEnding: 'none' };
  expect(messageParams(draft)).toBeUndefined();
});
