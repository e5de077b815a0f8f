import { describe, expect, test } from 'vitest';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { addToHistory, parseStoredHistory, recall } from './history.ts';

const line = (text: string): Draft => ({ ...EMPTY_DRAFT, text });
const three = ['one', 'two', 'three'].map(line);

describe('what is kept', () => {
  test('lines in the order they were sent', () => {
    expect(addToHistory(addToHistory([], line('a')), line('b')).map(({ text }) => text)).toEqual(['a', 'b']);
  });
  test('a repeated line once, unless it was sent in another way', () => {
    expect(addToHistory(three, line('three'))).toBe(three);
    expect(addToHistory(three, { ...line('three'), sendAs: 'escapes' })).toHaveLength(4);
    expect(addToHistory(three, line('one'))).toHaveLength(4);
  });
  test('neither nothing nor whole files', () => {
    expect(addToHistory(three, line(''))).toBe(three);
    expect(addToHistory(three, line('x'.repeat(5_000)))).toBe(three);
  });
  test('the latest hundred', () => {
    let history = parseStoredHistory([]);
    for (let index = 0; index < 120; index += 1) history = addToHistory(history, line(String(index)));
    expect(history).toHaveLength(100);
    expect(history[0]?.text).toBe('20');
  });
  test('nothing of what is not a history', () => {
    expect(parseStoredHistory({ length: 3 })).toEqual([]);
  });
});

describe('where the arrows lead', () => {
  test.each([
    ['the empty box, up: the latest', 3, '', 'ArrowUp', 2],
    ['the latest, up: the one before', 2, 'three', 'ArrowUp', 1],
    ['the oldest, up: no further', 0, 'one', 'ArrowUp', undefined],
    ['the oldest, down: the one after', 0, 'one', 'ArrowDown', 1],
    ['the latest, down: the empty box', 2, 'three', 'ArrowDown', 3],
    ['the empty box, down: nothing', 3, '', 'ArrowDown', undefined],
    ['a line that was changed: the caret', 2, 'three!', 'ArrowUp', undefined],
    ['a line of one’s own: the caret', 3, 'new', 'ArrowUp', undefined],
    ['a recalled line that was emptied: the latest', 0, '', 'ArrowUp', 2],
    ['another key', 3, '', 'ArrowLeft', undefined],
  ])('%s', (_, at, text, key, expected) => {
    expect(recall(three, at, text, key)).toBe(expected);
  });
  test('no history, nowhere', () => {
    expect(recall([], 0, '', 'ArrowUp')).toBeUndefined();
  });
});
