import { formatByteCount } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { useLive } from '../../ui/use-live.ts';

/** What is open and what has passed, in all. */
export function PlayStatus({ playground }: { readonly playground: Playground }) {
  const t = useT();
  useLive(playground);
  const sockets = playground.sockets();
  const listeners = sockets.filter(({ kind }) => kind === 'listen').length;
  const sent = sockets.reduce((sum, record) => sum + record.sent.length, 0);
  const received = sockets.reduce((sum, record) => sum + record.received.length, 0);
  return (
    <>
      <span>{t.app.footer.sockets(sockets.length - listeners, listeners)}</span>
      <span>
        <span role="img" aria-label={t.app.footer.sent(sent)}>
          ↑ {formatByteCount(sent)}
        </span>{' '}
        <span role="img" aria-label={t.app.footer.received(received)}>
          ↓ {formatByteCount(received)}
        </span>
      </span>
    </>
  );
}
