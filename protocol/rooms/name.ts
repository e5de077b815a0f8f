import { PlaygroundError } from '../errors.ts';

/** Of code points. */
export const NAME_LENGTH_MAX = 24;

/** Marks on one letter: more are drawn over the lines above and below. */
const MARKS_MAX = 4;
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MARKS_MAX + 1}}`, 'u');
/** Control, format (bidirectional ones too), unassigned and private ones; line breaks; letters that are drawn as nothing. */
const INVISIBLE = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800]/u;
const LETTER = /[\p{L}\p{N}]/u;

/** UTS 39 §5.2, "highly restrictive": one script, or Latin beside what is written with it. Recommended scripts of UAX 31, table 5. */
const MIXES: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
  ...[
    ...['Arabic', 'Armenian', 'Bengali', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati'],
    ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil'],
    ...['Telugu', 'Thaana', 'Thai', 'Tibetan'],
  ].map((script) => [script]),
];
const IS_MIX = MIXES.map((scripts) => {
  const classes = [...scripts, 'Common', 'Inherited'].map((script) => `\\p{scx=${script}}`).join('');
  return new RegExp(`^[${classes}]+$`, 'u');
});

/**
 * A name as a person typed it: NFC, without blanks around it, single ones within.
 * @throws {PlaygroundError} NAME_INVALID: empty, longer than 24 characters, invisible characters, scripts that are not written together
 */
export function parseName(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const fail = (reason: string): never => {
    throw new PlaygroundError('NAME_INVALID', reason);
  };
  if (!LETTER.test(name)) fail('no letter and no digit');
  if ([...name].length > NAME_LENGTH_MAX) fail(`more than ${NAME_LENGTH_MAX} characters`);
  if (INVISIBLE.test(name)) fail('a character that cannot be seen');
  if (TOO_MANY_MARKS.test(name.normalize('NFD'))) fail('too many marks on one letter');
  if (!IS_MIX.some((isMix) => isMix.test(name))) fail('letters of scripts that are not written together');
  return name;
}

/** Equal for two names that people take for the same: width, case and form do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('en').replace(/\s+/gu, ' ').trim();
}

/** The name, or the first of `name 2`, `name 3` … that is free. */
export function freeName(name: string, isTaken: (key: string) => boolean): string {
  if (!isTaken(nameKey(name))) return name;
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`;
    const numbered =
      [...name]
        .slice(0, NAME_LENGTH_MAX - suffix.length)
        .join('')
        .trimEnd() + suffix;
    if (!isTaken(nameKey(numbered))) return numbered;
  }
}
