import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import { formatByteCount } from '../../i18n/format.ts';
import type { ProgramCall } from '../../store/programs/call-joiner.ts';

const PREVIEW_CHARACTERS = 28;

/** What stands in the brackets, and what came back. */
export function argumentsOf({ call, argument, text, count, preview, error }: ProgramCall): string {
  if (call === 'send' || call === 'sendto') {
    const what = preview && count <= PREVIEW_CHARACTERS ? pythonBytesRepr(preview) : formatByteCount(count);
    return call === 'sendto' ? `${what}, ${text}` : what;
  }
  if (argument !== undefined) return String(argument);
  if (call === 'connect' || call === 'bind' || call === 'shutdown' || call === 'setsockopt') return text;
  return error ? text : '';
}
export function resultOf({ call, count, error, preview, text }: ProgramCall): string {
  if (error) return error;
  if (call === 'send' || call === 'sendto') return String(count);
  if (call === 'recv' || call === 'recvfrom') {
    if (count === 0) return call === 'recv' ? "b''" : `b'' ${text}`;
    return preview && count <= PREVIEW_CHARACTERS ? pythonBytesRepr(preview) : formatByteCount(count);
  }
  return call === 'accept' ? text : '';
}
/** The bytes as the wire carries them, for a person: text where it is text. */
export function wireText({ preview, count }: ProgramCall): string {
  if (!preview || count === 0) return '';
  const text = new TextDecoder().decode(preview.subarray(0, PREVIEW_CHARACTERS)).replaceAll(/[\p{Cc}\ufffd]+/gu, '·');
  return count > PREVIEW_CHARACTERS ? `${text}…` : text;
}
