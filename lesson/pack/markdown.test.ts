import { expect, test } from 'vitest';
import { parseMarkdown, uiKeysOf } from './markdown.ts';

const paragraph = (...parts: unknown[]) => [{ kind: 'paragraph', parts }];
const text = (value: string) => ({ kind: 'text', text: value });

test.each([
  ['plain', paragraph(text('plain'))],
  ['a `recv(5)`', paragraph(text('a '), { kind: 'code', text: 'recv(5)' })],
  [
    '*one* **two**',
    paragraph({ kind: 'emphasis', parts: [text('one')] }, text(' '), { kind: 'strong', parts: [text('two')] }),
  ],
  ['Press {ui:session.close}.', paragraph(text('Press '), { kind: 'ui', key: 'session.close' }, text('.'))],
  ['[next](lesson:queue)', paragraph({ kind: 'link', to: 'lesson:queue', parts: [text('next')] })],
  [
    '[RFC](https://www.rfc-editor.org/rfc/rfc9293)',
    paragraph({ kind: 'link', to: 'https://www.rfc-editor.org/rfc/rfc9293', parts: [text('RFC')] }),
  ],
  ['```\nrecv(5)\n```', [{ kind: 'code', text: 'recv(5)' }]],
  ['1. one\n2. two', [{ kind: 'list', isOrdered: true, items: [paragraph(text('one')), paragraph(text('two'))] }]],
])('%o', (source, tree) => {
  expect(parseMarkdown(source)).toEqual(tree);
});

test.each([
  '<b onclick="x()">bold</b>',
  '<script>x()</script>',
  '[here](javascript:x)',
  '[here](https://example.com/)',
  '![picture](https://example.com/a.png)',
  '# heading',
  '> said',
  '[here](https://www.rfc-editor.org.example.com/)',
])('%s is the text that it was written as', (source) => {
  const kinds: string[] = [];
  const words = JSON.stringify(parseMarkdown(source), (key, value) => {
    if (key === 'kind') kinds.push(value);
    return value;
  });
  expect(kinds.every((kind) => kind === 'paragraph' || kind === 'text')).toBe(true);
  expect(words).not.toContain('"to"');
  expect(kinds).toContain('text');
});

test('nesting ends at a depth that is shown', () => {
  expect(JSON.stringify(parseMarkdown('- '.repeat(500))).length).toBeLessThan(10_000);
  expect(JSON.stringify(parseMarkdown(`${'*a '.repeat(400)}${'b* '.repeat(400)}`)).length).toBeLessThan(20_000);
});

test('finds the words of the page that a text names', () => {
  expect(uiKeysOf('{ui:session.close} or {ui:composer.send}, {ui:} and ui:x')).toEqual([
    'session.close',
    'composer.send',
  ]);
});
