import { Suspense, useEffect, useRef, useState } from 'react';
import { GatewayNotice } from '../features/gateway/GatewayNotice.tsx';
import { FirstLessonLine } from '../features/lessons/FirstLessonLine.tsx';
import { MessagesContext } from '../i18n/t.ts';
import { PlayStatus } from '../pages/play/PlayStatus.tsx';
import { hasRoom } from '../platform/class-stored.ts';
import { deferred } from '../platform/deferred.tsx';
import { useStored } from '../platform/stored.ts';
import type { Playground } from '../store/playground.ts';
import { type PageStates, PageStatesContext } from '../ui/page/page-states.ts';
import { useShortcuts } from '../ui/page/use-shortcuts.ts';
import { AnnouncementRegion } from './AnnouncementRegion.tsx';
import styles from './App.module.css';
import { AppFooter } from './AppFooter.tsx';
import { AppHeader } from './AppHeader.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { MissingPage } from './MissingPage.tsx';
import { PageLoading } from './PageLoading.tsx';
import { PAGES, type PageProps } from './pages.tsx';
import { followLink, pathOf, usePlace } from './router.ts';
import { keepToken } from './token.ts';
import { type ChosenLanguage, useChosenLanguage } from './use-chosen-language.ts';

const RoomPart = deferred(async () => (await import('../pages/room/RoomPart.tsx')).RoomPart);
const HelpDialog = deferred(async () => (await import('../features/help/HelpDialog.tsx')).HelpDialog);
/** It writes a recording as the page is left, so it comes before there is one. */
const LeftBehind = deferred(async () => (await import('../features/save/LeftBehind.tsx')).LeftBehind);
/** What a first visitor is offered. */
const FIRST_LESSON = 'endpoint';

type AppProps = {
  readonly playground: Playground;
  readonly base: string;
  readonly first: ChosenLanguage;
  readonly states: PageStates;
};

/** The frame around every page. */
export function App({ playground, base, first, states }: AppProps) {
  const [chosen, setLanguage] = useChosenLanguage(first);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isJoining, setJoining] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const [isSeated, setSeated] = useState(false);
  // Once there is a room it stays in the page, which has to say how it ended too.
  const [isInClass, setInClass] = useState(hasRoom);
  const [hasSingleKeys, setSingleKeys] = useStored('browser', 'single-keys', (stored) => stored !== false);
  const { page, link } = usePlace();
  const main = useRef<HTMLElement>(null);
  if (!isInClass && (isJoining || link.room !== undefined)) setInClass(true);
  const shown = page === 'missing' ? undefined : PAGES[page];
  const Status = shown?.Status ?? PlayStatus;
  const props: PageProps = { playground, base, link, hasSingleKeys };
  const { app } = chosen.messages;
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
    <MessagesContext value={chosen}>
      <PageStatesContext value={states}>
        <div className={styles.app} data-page={page}>
          <AppHeader
            page={page}
            base={base}
            playground={playground}
            onSkip={() => main.current?.focus()}
            onLanguage={setLanguage}
            onJoin={isSeated ? undefined : () => setJoining(true)}
          />
          {page !== 'teach' && isInClass ? (
            <RoomPart
              playground={playground}
              code={link.room}
              isJoining={isJoining}
              onJoining={setJoining}
              onPaused={setPaused}
              onSeated={setSeated}
              hrefOfLesson={(lesson, step) => pathOf(base, 'learn', { lesson, ...(step && { step }) })}
              onFollow={followLink}
            />
          ) : null}
          <GatewayNotice playground={playground} onToken={onToken} />
          {page === 'play' ? <LeftBehind playground={playground} /> : null}
          {page === 'play' ? (
            <FirstLessonLine href={pathOf(base, 'learn', { lesson: FIRST_LESSON })} onFollow={followLink} />
          ) : null}
          <main ref={main} tabIndex={-1} className={styles.main} inert={isPaused}>
            <ErrorBoundary key={page}>
              <Suspense fallback={<PageLoading />}>
                {shown ? <shown.Page {...props} /> : <MissingPage base={base} />}
              </Suspense>
            </ErrorBoundary>
          </main>
          <AppFooter onHelp={() => setHelpOpen(true)}>
            <Suspense>
              <Status {...props} />
            </Suspense>
          </AppFooter>
        </div>
      </PageStatesContext>
      <AnnouncementRegion playground={playground} />
      {isHelpOpen ? (
        <HelpDialog hasSingleKeys={hasSingleKeys} onSingleKeys={setSingleKeys} onClose={() => setHelpOpen(false)} />
      ) : null}
    </MessagesContext>
  );
}
