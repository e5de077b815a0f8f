import type { ReactNode } from 'react';
import { formatByteCount } from '../i18n/format.ts';
import { useT } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { Button } from '../ui/Button.tsx';
import { useLive } from '../ui/use-live.ts';
import styles from './AppFooter.module.css';

type AppFooterProps = { readonly children: ReactNode; readonly onHelp: () => void };

/** How the page's sockets stand, and where the keys are explained. */
export function AppFooter({ children, onHelp }: AppFooterProps) {
  const t = useT();
  return (
    <footer className={styles.footer}>
      {children}
      <Button look="quiet" className={styles.help} aria-label={t.help.open} onClick={onHelp}>
        <kbd>?</kbd> {t.app.footer.shortcuts}
      </Button>
    </footer>
  );
}

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
