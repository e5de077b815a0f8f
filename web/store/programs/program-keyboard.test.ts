import { expect, test } from 'vitest';
import { INPUT_LINE_MAX, INPUT_LINES_MAX, ProgramKeyboard, parseInput } from './program-keyboard.ts';

test('lines that came with a program are filled in one by one, whatever is sent in their place, and anew in each run', () => {
  const keyboard = new ProgramKeyboard(['hello', 'bye']);
  keyboard.begin();
  expect(keyboard.next).toBe('hello');
  expect(keyboard.type('hello!')).toBe(true);
  expect([keyboard.next, keyboard.left]).toEqual(['bye', 1]);
  keyboard.type('bye');
  keyboard.type('more');
  expect(keyboard.next).toBeUndefined();
  expect(keyboard.typed).toEqual(['hello!', 'bye', 'more']);
  keyboard.begin();
  expect(keyboard.next).toBe('hello');
  expect(keyboard.typed).toEqual([]);
});

test('a password is neither filled in nor kept', () => {
  const keyboard = new ProgramKeyboard(['name', 'next']);
  keyboard.begin();
  keyboard.type('name');
  keyboard.setEcho(false);
  expect(keyboard.next).toBeUndefined();
  expect(keyboard.type('secret')).toBe(false);
  keyboard.setEcho(true);
  expect(keyboard.next).toBe('next');
  expect(keyboard.typed).toEqual(['name']);
});

test('no more is kept than a link may carry', () => {
  const keyboard = new ProgramKeyboard();
  keyboard.type('x'.repeat(INPUT_LINE_MAX + 1));
  for (let line = 0; line < INPUT_LINES_MAX + 10; line += 1) keyboard.type(`${line}`);
  expect(keyboard.typed).toHaveLength(INPUT_LINES_MAX);
  expect(parseInput(keyboard.typed)).toEqual(keyboard.typed);
});

test.each([
  'hello',
  { 0: 'hello' },
  [1],
  ['two\nlines'],
  ['x'.repeat(INPUT_LINE_MAX + 1)],
  Array.from({ length: INPUT_LINES_MAX + 1 }, () => ''),
])('what is not lines is refused: %j', (value) => {
  expect(parseInput(value)).toBeUndefined();
});
