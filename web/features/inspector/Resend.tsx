import { useState } from 'react';
import { PlaygroundError, type SocketErrorCode } from '../../../protocol/errors.ts';
import { formatEscapes } from '../../../trace/bytes/escapes.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { COMPOSER_OFFER, ComposerOffer } from '../../store/composer-offer.ts';
import { liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageStates } from '../../ui/page/page-states.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './Inspector.module.css';

/** A box is for what a person edits; a datagram has no more either. */
const BYTES_MAX = 65_507;

/** The bytes of a call once more: as they are on this socket, or in the composer to be changed first. */
export function Resend({ record, event }: { readonly record: SocketTrace; readonly event: TraceEvent }) {
  const t = useT();
  const { resend } = useToolWords();
  useLive(record);
  const [failure, setFailure] = useState<SocketErrorCode>();
  const offer = usePageStates().of(COMPOSER_OFFER, () => new ComposerOffer());
  const live = liveOf(record);
  const bytes = eventBytes(record, event, event.count);
  const isOwn = record.source === 'live' || record.source === 'recorded';
  if (!isOwn || !bytes || bytes.length < event.count || bytes.length > BYTES_MAX) return null;
  if (bytes.length === 0) return null;
  function sendAgain(): void {
    setFailure(undefined);
    try {
      live?.send(new Uint8Array(bytes as Uint8Array));
    } catch (error) {
      setFailure(PlaygroundError.from(error).code);
    }
  }
  return (
    <div className={styles.resend}>
      {live && event.direction === 'sent' ? (
        <Button isDisabled={!live.canSend} onClick={sendAgain}>
          {resend.again}
        </Button>
      ) : null}
      <Button title={resend.editHint} onClick={() => offer.put(formatEscapes(bytes), true)}>
        {resend.edit}
      </Button>
      {failure ? <span role="alert">{`${failure}: ${t.errors[failure].what}`}</span> : null}
    </div>
  );
}
