import type { StreamEnding } from '../../../trace/script/script.ts';
import type { UnreadBytes } from '../../../trace/script/unread-bytes.ts';
import { show } from '../show.ts';
import { Refusal } from '../waiting.ts';

/** How the other end's sending ended; `open`: it has not. */
export type Ending = 'open' | StreamEnding;

/** What has ended of a connection that a test holds one end of. */
export type PeerState = {
  ending: Ending;
  /** The test has closed it. */
  isClosed: boolean;
  /** Our FIN is sent. */
  isWriteEnded: boolean;
  /** FIN is not answered by FIN. */
  readonly isHalfOpen: boolean;
};

export const NAMES = { fin: 'FIN', reset: 'RST' } as const;
const ENDED = { fin: 'the other end sent FIN', reset: 'the other end reset the connection' } as const;
const CLOSED_HERE = 'the test has closed the connection';

export function whyNotSend({ ending, isClosed, isWriteEnded, isHalfOpen }: PeerState): string | undefined {
  if (isClosed) return CLOSED_HERE;
  if (ending === 'reset') return ENDED.reset;
  if (!isWriteEnded) return undefined;
  return ending === 'fin' && !isHalfOpen
    ? 'the other end sent FIN, which was answered by FIN: with { halfOpen: true } it is not'
    : 'the peer has sent its FIN';
}

export function whyNotSilent({ ending, isClosed }: PeerState, unread: UnreadBytes): Refusal | undefined {
  if (unread.count > 0) return new Refusal(`expected silence, and received ${show(unread.look())}`);
  if (ending !== 'open') return new Refusal(`expected silence, and ${ENDED[ending]}`);
  return isClosed ? new Refusal(CLOSED_HERE) : undefined;
}

/** Why it has not ended so, and cannot any more. */
export function whyNotEnded({ ending, isClosed }: PeerState, expected: StreamEnding): Refusal | undefined {
  if (ending !== 'open') return new Refusal(`expected ${NAMES[expected]}, and ${ENDED[ending]}`);
  return isClosed ? new Refusal(CLOSED_HERE) : undefined;
}
/** Why nothing more can come; `rest` tells what there is. */
export function whyOver({ ending, isClosed }: PeerState, rest: () => string): Refusal | undefined {
  if (ending !== 'open') return new Refusal(`${ENDED[ending]}; ${rest()}`);
  return isClosed ? new Refusal(`${CLOSED_HERE}; ${rest()}`) : undefined;
}
