import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { ByteStream } from './byte-stream.ts';
import { StreamSearch } from './stream-search.ts';

test('finds a text across what was appended apart, capitals or not', () => {
  const stream = new ByteStream();
  const search = new StreamSearch(stream, 'Python');
  stream.append(encodeUtf8('hello pyt'));
  expect(search.advance(1_000)).toBe(true);
  expect(search.isIn(0, 9)).toBe(false);
  stream.append(encodeUtf8('HON and so on'));
  search.advance(1_000);
  expect(search.isIn(0, 22)).toBe(true);
  expect(search.isIn(6, 6)).toBe(true);
  expect(search.isIn(7, 15)).toBe(false);
  expect(search.isIn(0, 11)).toBe(false);
});

test('finds what indexOf finds, however it is cut and in whatever steps', () => {
  const unit = fc.constantFrom('a', 'b', 'A', '你');
  const cuts = fc.array(fc.string({ unit, maxLength: 6 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      cuts,
      fc.string({ unit, minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      fc.nat(),
      (parts, text, step, a, b) => {
        const stream = new ByteStream();
        const search = new StreamSearch(stream, text);
        for (const part of parts) {
          stream.append(encodeUtf8(part));
          search.advance(step);
        }
        while (!search.advance(step));
        const whole = Buffer.from(parts.join('').toLowerCase());
        const offset = a % (whole.length + 1);
        const count = b % (whole.length - offset + 1);
        const isThere = whole.subarray(offset, offset + count).includes(text.toLowerCase());
        expect(search.isIn(offset, count)).toBe(isThere);
      },
    ),
    { numRuns: 500 },
  );
});
