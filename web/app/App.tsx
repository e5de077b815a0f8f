import { lazy, Suspense, useEffect, useState } from 'react';
import { GatewayNotice } from '../features/gateway/GatewayNotice.tsx';
import { MessagesContext } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { deferred } from '../ui/deferred.tsx';
import { useStored } from '../ui/stored.ts';
import styles from './App.module.css';
import { AppFooter, PlayStatus } from './AppFooter.tsx';
import { AppHeader } from './AppHeader.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { MissingPage } from './MissingPage.tsx';
import { NewsRegion } from './NewsRegion.tsx';
import { PlayPage } from './PlayPage.tsx';
import { usePage } from './router.ts';
import { keepToken } from './token.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { type Spoken, useSpoken } from './use-spoken.ts';

const HelpDialog = deferred(async () => (await import('../features/help/HelpDialog.tsx')).HelpDialog);
/** Python, the editor and all: fetched when somebody goes there. */
const ProgramPage = lazy(async () => ({
  default: (await import('../features/program/ProgramPage.tsx')).ProgramPage,
}));
const ProgramStatus = lazy(async () => ({
  default: (await import('../features/program/ProgramPage.tsx')).ProgramStatus,
}));

type AppProps = { readonly playground: Playground; readonly base: string; readonly first: Spoken };

/** The frame around every page. */
export function App({ playground, base, first }: AppProps) {
  const [spoken, speak] = useSpoken(first);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [hasSingleKeys, setSingleKeys] = useStored('browser', 'single-keys', (stored) => stored !== false);
  const page = usePage();
  const { app } = spoken.messages;
  // In place: a reload would lose what is on the page, a recording that was opened, say.
  function onToken(token: string): void {
    keepToken(token);
    playground.client.enter(token);
  }

  useEffect(() => {
    document.title = page === 'missing' ? app.brand : app.title(app.pages[page]);
  }, [page, app]);
  useShortcuts(hasSingleKeys, { '?': () => setHelpOpen(true) });

  return (
    <MessagesContext value={spoken}>
      <div className={styles.app} data-page={page}>
        <AppHeader page={page} base={base} playground={playground} onSpeak={speak} />
        <GatewayNotice playground={playground} onToken={onToken} />
        <main className={styles.main}>
          <ErrorBoundary key={page}>
            <Suspense fallback={<p className={styles.loading}>{app.loading}</p>}>
              {page === 'play' ? <PlayPage playground={playground} hasSingleKeys={hasSingleKeys} /> : null}
              {page === 'program' ? <ProgramPage playground={playground} base={base} /> : null}
              {page === 'play' || page === 'program' ? null : <MissingPage base={base} />}
            </Suspense>
          </ErrorBoundary>
        </main>
        <AppFooter onHelp={() => setHelpOpen(true)}>
          {page === 'program' ? (
            <Suspense>
              <ProgramStatus playground={playground} base={base} />
            </Suspense>
          ) : (
            <PlayStatus playground={playground} />
          )}
        </AppFooter>
      </div>
      <NewsRegion playground={playground} />
      {isHelpOpen ? (
        <HelpDialog hasSingleKeys={hasSingleKeys} onSingleKeys={setSingleKeys} onClose={() => setHelpOpen(false)} />
      ) : null}
    </MessagesContext>
  );
}
