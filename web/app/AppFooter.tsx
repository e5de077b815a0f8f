import type { ReactNode } from 'react';
import { useT } from '../i18n/t.ts';
import { Button } from '../ui/Button.tsx';
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
