import { expect, test } from 'vitest';
import { lessonNames, plainLine } from './lesson-title.ts';

test.each([
  ['Take *Timestamp echo* from the list.', 'Take Timestamp echo from the list.'],
  ['Press {ui:target.connect}: `connect()` again.', 'Press <target.connect>: connect() again.'],
  ['**Two** ends, as [RFC 9293](https://www.rfc-editor.org/rfc/rfc9293) says.\n\nMore.', 'Two ends, as RFC 9293 says.'],
  ['one\nsentence, 2 * 3', 'one sentence, 2 * 3'],
])('%j as plain text', (markdown, text) => {
  expect(plainLine(markdown, (key) => `<${key}>`)).toBe(text);
});

test('what is known has its name, what is not its id', () => {
  const steps = [{ id: 'connect', title: 'Connect to a server', hints: { refused: 'Nobody listens there.' } }];
  const names = lessonNames([{ id: 'endpoint', title: 'One end', steps }]);
  expect([names.lesson('endpoint'), names.lesson('own')]).toEqual(['One end', 'own']);
  expect([names.step('endpoint', 'connect'), names.step('endpoint', 'x')]).toEqual(['Connect to a server', 'x']);
  expect(names.hint('endpoint', 'connect', 'refused')).toBe('Nobody listens there.');
  expect(names.hint('endpoint', 'connect', 'late')).toBe('late');
});
