import type { Draft } from './draft.ts';
import { LINK_MESSAGE_MAX } from './message-link.ts';

/** A message as the parameters of an address that brings it; undefined where the message is too long for an address. Nothing for an empty box. */
export function messageParams({ text, sendAs, lineEnding, checksum = 'none' }: Draft): string | undefined {
  if (text.length > LINK_MESSAGE_MAX) return undefined;
  return new URLSearchParams({
    ...(sendAs === 'text' ? {} : { as: sendAs }),
    ...(lineEnding === 'none' ? {} : { end: lineEnding }),
    ...(checksum === 'none' ? {} : { sum: checksum }),
    ...(text === '' ? {} : { data: text }),
  }).toString();
}
