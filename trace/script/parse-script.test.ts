import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../bytes/hex.ts';
import { isScript, parseScript, SCRIPT_LENGTH_MAX } from './parse-script.ts';
import type { Script } from './script.ts';

function parsed(text: string): Script {
  const script = parseScript(text);
  if (!isScript(script)) throw new Error(`line ${script.line}: ${script.reason}`);
  return script;
}
/** What the only step sends, in hex. */
function sent(text: string, round = 1): string {
  const [step] = parsed(text).steps;
  return step?.kind === 'send' ? toHex(step.bytes(round)) : '';
}

describe('a script', () => {
  test('has the steps of the kit, a line each, and comments', () => {
    const { steps, rules } = parsed(
      '# hello\nsend "hi\\n"\n\nexpectBytes "x" # why\nreadUntil hex"0d 0a"\nread 4\nexpectEnd\npause 200\nend\nreset\nclose',
    );
    expect(steps.map(({ kind }) => kind)).toEqual([
      'send',
      'expectBytes',
      'readUntil',
      'read',
      'expectEnd',
      'pause',
      'end',
      'reset',
      'close',
    ]);
    expect(rules).toEqual([]);
  });

  test.each([
    ['send "a\\n"', '610a'],
    ['send "a # \\"b\\", c"', '612023202262222c2063'],
    ['send hex"0x01, 02"', '0102'],
    ['send "123456789" crc16-modbus', '313233343536373839374b'],
  ])('%s is %s', (text, hex) => {
    expect(sent(text)).toBe(hex);
  });
  test('says how long a step waits, and which line it stands in', () => {
    const { steps, rules } = parsed(
      'readUntil ";" within 500\nread 4 within 0\n\nexpectEnd within 20\non any expectBytes "x" within 9, echo',
    );
    expect(steps).toMatchObject([{ within: 500 }, { within: 0 }, { line: 4, within: 20 }]);
    expect(rules[0]?.actions).toMatchObject([{ line: 5, within: 9 }, { line: 5 }]);
    expect(parseScript('readUntil ";" within')).toEqual({ line: 1, reason: 'number' });
    expect(parseScript('send "x" within 5')).toEqual({ line: 1, reason: 'word' });
  });
  test('counts the rounds where it is asked to', () => {
    expect(sent('send "no {n}"', 12)).toBe(toHex(new TextEncoder().encode('no 12')));
    expect(sent('send hex"ff {n}"', 258)).toBe('ff02');
  });

  test('has rules behind its steps: a trigger, and actions', () => {
    const { rules } = parsed(
      'send "220\\n"\non "PING" send "PONG"\non line "QUIT" send "bye", end\non line echo\non any pause 5, echo, close',
    );
    expect(rules.map(({ trigger, actions }) => [trigger.kind, ...actions.map(({ kind }) => kind)])).toEqual([
      ['bytes', 'send'],
      ['line', 'send', 'end'],
      ['line', 'echo'],
      ['any', 'pause', 'echo', 'close'],
    ]);
  });

  test.each([
    ['end\nsned "x"', 2, 'word'],
    ['send', 1, 'bytes'],
    ['send "x', 1, 'bytes'],
    ['send hex"1"', 1, 'bytes'],
    ['send "\\q"', 1, 'bytes'],
    ['readUntil ""', 1, 'bytes'],
    ['read x', 1, 'number'],
    ['pause 600001', 1, 'number'],
    ['echo', 1, 'word'],
    ['end now', 1, 'word'],
    ['on any', 1, 'word'],
    ['on any echo,', 1, 'word'],
    ['on any echo end', 1, 'word'],
    ['on any echo\nsend "x"', 2, 'order'],
    ['#'.repeat(SCRIPT_LENGTH_MAX + 1), 1, 'length'],
  ])('%.40j is refused in line %i', (text, line, reason) => {
    expect(parseScript(text)).toEqual({ line, reason });
  });

  test('any text is a script or a problem', () => {
    const texts = fc.array(
      fc.constantFrom('send', 'on', 'any', 'line', '"x"', 'hex"0', '"', ',', '#', ' ', '\n', '9', 'echo', '\\'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(texts, (words) => {
        const script = parseScript(words.join(' '));
        expect(isScript(script) || script.line > 0).toBe(true);
      }),
    );
  });
});
