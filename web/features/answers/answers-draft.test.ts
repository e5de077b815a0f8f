import { expect, test } from 'vitest';
import { toHex } from '../../../trace/bytes/hex.ts';
import { isScript } from '../../../trace/script/parse-script.ts';
import { answerScript, parseKind } from './answers-draft.ts';

test('a fixed answer is that to each line, with its escapes', () => {
  const script = answerScript('fixed', 'OK\\r\\n');
  const [rule] = isScript(script) ? script.rules : [];
  const [action] = rule?.actions ?? [];
  expect(rule?.trigger.kind).toBe('line');
  expect(action?.kind === 'send' && toHex(action.bytes(1))).toBe('4f4b0d0a');
});
test('what is no answer is refused', () => {
  expect(answerScript('fixed', '')).toEqual({ line: 1, reason: 'bytes' });
  expect(answerScript('fixed', '\\q')).toEqual({ line: 1, reason: 'bytes' });
  expect(answerScript('rules', '# nothing')).toEqual({ line: 1, reason: 'word' });
  expect(answerScript('rules', 'on any\n')).toEqual({ line: 1, reason: 'word' });
  expect(parseKind('morse')).toBe('hand');
});
