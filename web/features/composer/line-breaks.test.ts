import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editedText, shownOffset, shownText, withLineBreaks } from './line-breaks.ts';

test('a paste keeps the line breaks of the clipboard, whichever they are', () => {
  const pasted = { start: 1, end: 2, text: 'GET /\r\nHost: x\n\rend' };
  expect(editedText('abc', 'aGET /\nHost: x\n\nendc', pasted)).toBe('aGET /\r\nHost: x\n\rendc');
});

test('a paste that the browser cut short is what the box has', () => {
  expect(editedText('', 'a\n', { start: 0, end: 0, text: 'a\r\nb' })).toBe('a\n');
});

test.each([
  ['typed at the end', 'a\r\nb', 'a\nbc', 'a\r\nbc'],
  ['typed at the start', 'a\r\nb', 'xa\nb', 'xa\r\nb'],
  ['a line break of one’s own', 'a\r\nb', 'a\nb\n', 'a\r\nb\n'],
  ['a line break taken out', 'a\r\nb\r\nc', 'ab\nc', 'ab\r\nc'],
  ['all of it replaced', 'a\r\nb', 'new', 'new'],
  ['emptied', 'a\r\nb', '', ''],
  ['nothing that was pasted', 'a\nb', 'a\nbc', 'a\nbc'],
])('%s: the rest keeps its line breaks', (_, text, next, edited) => {
  expect(editedText(text, next, undefined)).toBe(edited);
});

const texts = fc.array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r', '\r\n')).map((parts) => parts.join(''));
test('whatever is edited, the draft is what the box shows', () => {
  fc.assert(
    fc.property(texts, texts.map(shownText), (text, next) => {
      expect(shownText(editedText(text, next, undefined))).toBe(next);
    }),
  );
});

test('whatever is pasted where, the clipboard’s bytes stand there', () => {
  fc.assert(
    fc.property(texts, texts, fc.nat(), fc.nat(), (text, pasted, a, b) => {
      // A CR before a pasted LF, or after, would be one line break with it: the box cannot tell, and neither can this.
      fc.pre(!text.includes('\r\r') && !pasted.startsWith('\n') && !pasted.endsWith('\r'));
      const shown = shownText(text);
      const [start = 0, end = 0] = [a % (shown.length + 1), b % (shown.length + 1)].sort((x, y) => x - y);
      const next = shown.slice(0, start) + shownText(pasted) + shown.slice(end);
      const edited = editedText(text, next, { start, end, text: pasted });
      expect(edited).toContain(pasted);
    }),
  );
});

test('a place in the text is a place in the box, and one ending takes the place of all', () => {
  expect(shownOffset('a\r\nb\r\nc', 6)).toBe(4);
  expect(withLineBreaks('a\r\nb\nc\rd', '\r\n')).toBe('a\r\nb\r\nc\r\nd');
});
