import { formatByteCount } from '../i18n/format.ts';
import { useT } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { Button } from '../ui/Button.tsx';
import { useLive } from '../ui/use-live.ts';
import styles from './AppFooter.module.css';

type AppFooterProps = { readonly playground: Playground; readonly onHelp: () => void };

/** What is open and what has passed, in all; and where the keys are explained. */
export function AppFooter({ playground, onHelp }: AppFooterProps) {
  const t = useT();
  useLive(playground);
  const sockets = playground.sockets();
  const listeners = sockets.filter(({ kind }) => kind === 'listen').length;
  const sent = sockets.reduce((sum, record) => sum + record.sent.length, 0);
  const received = sockets.reduce((sum, record) => sum + record.received.length, 0);
  return (
    <footer className={styles.footer}>
      <span>{t.app.footer.sockets(sockets.length - listeners, listeners)}</span>
      <span>
        <span role="img" aria-label={t.app.footer.sent(sent)}>
          ↑ {formatByteCount(sent)}
        </span>{' '}
        <span role="img" aria-label={t.app.footer.received(received)}>
          ↓ {formatByteCount(received)}
        </span>
      </span>
      <Button look="quiet" className={styles.help} aria-label={t.help.open} onClick={onHelp}>
        <kbd>?</kbd> {t.app.footer.shortcuts}
      </Button>
    </footer>
  );
}
