import { PlaygroundError } from '../errors.ts';

/** Digits and letters that are not taken for one another: no 0 and O, no 1, I and L, no U beside V. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Of a room: 30⁶, 7·10⁸ codes. */
export const ROOM_CODE_LENGTH = 6;
/** Of a seat that goes to another device: good once, and longer, for it opens one person's seat. */
export const SEAT_CODE_LENGTH = 8;

const LENGTHS = [ROOM_CODE_LENGTH, SEAT_CODE_LENGTH];
const IS_CODE = new RegExp(`^[${CODE_ALPHABET}]+$`);

/** A code as it goes over the wire. */
export const CODE_PATTERN = `^([${CODE_ALPHABET}]{${ROOM_CODE_LENGTH}}|[${CODE_ALPHABET}]{${SEAT_CODE_LENGTH}})$`;

/** A code as it is read from a wall: in any case, with blanks and hyphens. @throws {PlaygroundError} ROOM_UNKNOWN: it is none */
export function parseCode(text: string): string {
  const code = text.toUpperCase().replace(/[\s\p{Pd}]+/gu, '');
  if (LENGTHS.includes(code.length) && IS_CODE.test(code)) return code;
  throw new PlaygroundError('ROOM_UNKNOWN', `a code has ${ROOM_CODE_LENGTH} digits and letters`);
}

/** `K7M-4TQ`: in two halves, as it is read aloud. */
export function formatCode(code: string): string {
  const half = code.length / 2;
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

/** A code from random bytes, one for each digit: of 256 values the last 16 are none, so that every digit is as likely. */
export function codeFrom(random: (count: number) => Uint8Array, length: number): string {
  const most = 256 - (256 % CODE_ALPHABET.length);
  let code = '';
  while (code.length < length) {
    for (const byte of random(length)) {
      if (byte < most && code.length < length) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    }
  }
  return code;
}
