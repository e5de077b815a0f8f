import { CHECKSUMS } from '../../../trace/bytes/checksum.ts';
import { type Draft, LINE_ENDINGS, SEND_AS } from './draft.ts';

/** Longer messages are no part of an address: browsers and chats cut those. In UTF-16 units. */
export const LINK_MESSAGE_MAX = 2_000;

/**
 * The message that an address brings, `?as=hex&data=68+69&end=lf&sum=crc32`; `text=…` is `as=text&data=…`. It is text for the box, as it
 * stands: nothing of it is ever sent by itself.
 */
export function messageFromQuery(search: string): Draft | 'too-long' | undefined {
  const query = new URLSearchParams(search);
  const data = query.get('data');
  const text = data ?? query.get('text');
  if (text === null) return undefined;
  if (text.length > LINK_MESSAGE_MAX) return 'too-long';
  return {
    text,
    sendAs: (data !== null && SEND_AS.find((known) => known === query.get('as'))) || 'text',
    lineEnding: LINE_ENDINGS.find((known) => known === query.get('end')) ?? 'none',
    checksum: CHECKSUMS.find((known) => known === query.get('sum')) ?? 'none',
  };
}
