import type { SocketState as State } from '../../../trace/socket.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import { StatusPill, type Tone } from '../../ui/marks/StatusPill.tsx';

/** The state as RFC 9293 spells it; after a failure its code and one sentence, which the card below shows to the eye. */
export function SocketState({ record }: { readonly record: SocketTrace | undefined }) {
  const t = useT();
  const failure = record?.failure;
  return (
    <output aria-label={t.session.socketState}>
      <StatusPill tone={failure ? 'bad' : stateTone(record?.state ?? 'CLOSED')}>
        {failure?.code ?? record?.state ?? 'CLOSED'}
      </StatusPill>
      {failure ? <span className={hidden.hidden}> {t.errors[failure.code].what}</span> : null}
    </output>
  );
}

function stateTone(state: State): Tone {
  if (state === 'ESTABLISHED') return 'good';
  if (state === 'LISTEN' || state === 'UNCONN') return 'accent';
  return state === 'CLOSED' ? 'plain' : 'wait';
}
