import { useSyncExternalStore } from 'react';
import { PAGE_NAMES, type PageName } from '../../protocol/pages.ts';
import { GatewayBadge } from '../features/gateway/GatewayBadge.tsx';
import type { Language } from '../i18n/language.ts';
import { useT } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { Button } from '../ui/Button.tsx';
import styles from './AppHeader.module.css';
import { PAGES } from './pages.tsx';
import { followLink, pathOf } from './router.ts';
import { type Theme, useTheme } from './theme.ts';

const SIGN: Readonly<Record<Theme, string>> = { system: '◐', light: '○', dark: '●' };

type AppHeaderProps = {
  readonly page: PageName | 'missing';
  readonly base: string;
  readonly playground: Playground;
  readonly onLanguage: (language: Language) => void;
  /** The learner asks to come into a class room; undefined: this page has a seat in one. */
  readonly onJoin: (() => void) | undefined;
  /** Past the header, to the page itself. */
  readonly onSkip: () => void;
};

export function AppHeader({ page, base, playground, onLanguage, onJoin, onSkip }: AppHeaderProps) {
  const t = useT();
  // Not with each of its sockets' calls: the status is another one only where it has changed.
  const { rooms } = useSyncExternalStore(playground.subscribe, playground.gateway);
  const isJoinable = onJoin && page !== 'teach' && rooms !== undefined;
  const [theme, changeTheme] = useTheme();
  const { otherLanguage } = t.app;
  return (
    <header className={styles.header}>
      <button type="button" className={styles.skip} onClick={onSkip}>
        {t.app.skip}
      </button>
      <a href={pathOf(base, 'play')} className={styles.brand} onClick={followLink}>
        <svg aria-hidden="true" width="22" height="22" viewBox="0 0 22 22" className={styles.mark}>
          <rect x="2" y="6" width="7" height="10" rx="2" />
          <rect x="13" y="6" width="7" height="10" rx="2" />
          <path d="M9 9.5h4M9 12.5h4" />
        </svg>
        <span className={styles.name}>{t.app.brand}</span>
      </a>
      <nav aria-label={t.app.pagesLabel} className={styles.pages}>
        {PAGE_NAMES.filter((name) => PAGES[name]).map((linked) => (
          <a
            key={linked}
            href={pathOf(base, linked)}
            aria-current={linked === page ? 'page' : undefined}
            onClick={followLink}
          >
            {t.app.pages[linked]}
          </a>
        ))}
      </nav>
      <div className={styles.end}>
        <GatewayBadge playground={playground} />
        {isJoinable ? <Button onClick={onJoin}>{t.app.joinRoom}</Button> : null}
        <Button lang={otherLanguage.tag} onClick={() => onLanguage(otherLanguage.tag)}>
          {otherLanguage.name}
        </Button>
        <Button aria-label={t.app.theme[theme]} title={t.app.theme[theme]} onClick={changeTheme}>
          <span aria-hidden="true">{SIGN[theme]}</span>
        </Button>
      </div>
    </header>
  );
}
