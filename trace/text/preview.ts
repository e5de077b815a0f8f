import { decodeUtf8Lenient } from '../../protocol/utf8.ts';

/** U+2400: pictures of the 32 controls follow in their order, so that a line end is seen and yet is one character. */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';
/**
 * Formats (bidi among them), line and paragraph separators, private and unassigned: they would hide or reorder text. The joiner
 * between two emoji is seen: it makes them one.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d\p{Extended_Pictographic})[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
const CONTROL = /\p{Cc}/gu;

/** Bytes as one line to glance at: UTF-8, controls as their pictures (`␊`), what cannot be seen or decoded as U+FFFD. */
export function previewText(bytes: Uint8Array): string {
  return decodeUtf8Lenient(bytes).replace(CONTROL, pictureOf).replace(UNSEEN, '\ufffd');
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return code === 0x7f ? DELETE_PICTURE : '\ufffd';
}
