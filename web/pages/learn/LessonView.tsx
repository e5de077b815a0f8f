import { type CSSProperties, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { LadderChoice } from '../../features/ladder/grid-rows.ts';
import type { EvidenceCall } from '../../features/lessons/evidence-text.ts';
import { LessonPane } from '../../features/lessons/LessonPane.tsx';
import { StepBar } from '../../features/lessons/StepBar.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Learning, Place } from '../../store/lessons/learning.ts';
import { type LessonRun, pageOf } from '../../store/lessons/lesson-run.ts';
import type { Playground } from '../../store/playground.ts';
import { useMatches } from '../../ui/page/use-matches.ts';
import { useShortcuts } from '../../ui/page/use-shortcuts.ts';
import { PaneHandle } from '../../ui/panes/PaneHandle.tsx';
import { usePaneSize } from '../../ui/panes/pane-size.ts';
import { TabList } from '../../ui/Tabs.tsx';
import { useLive } from '../../ui/use-live.ts';
import { PlaySidebar } from '../../workplaces/play/PlaySidebar.tsx';
import { PlayWorkplace } from '../../workplaces/play/PlayWorkplace.tsx';
import { usePlay } from '../../workplaces/play/use-play.ts';
import styles from './LearnPage.module.css';
import { hrefOf } from './lesson-href.ts';
import { useJudging } from './use-learning.ts';
import { useSolution } from './use-solution.ts';

const ProgramPart = deferred(async () => (await import('./ProgramPart.tsx')).ProgramPart);

type LessonViewProps = {
  readonly playground: Playground;
  readonly base: string;
  readonly hasSingleKeys: boolean;
  readonly learning: Learning;
  readonly run: LessonRun;
  readonly place: Place;
};
type Side = 'lesson' | 'workplace';
type Page = 'play' | 'program';

const LESSON = { min: 320, max: 520, initial: 380 } as const;
const NARROW = '(max-width: 700px)';

/** A lesson beside the workplace; where there is no room for both, one of them at a time. */
export function LessonView({ playground, base, hasSingleKeys, learning, run, place }: LessonViewProps) {
  const t = useT();
  const { learn } = t;
  useLive(run);
  useJudging(run, playground);
  const play = usePlay(playground);
  const [width, setWidth] = usePaneSize('learn.lesson', LESSON);
  const isNarrow = useMatches(NARROW);
  const [side, setSide] = useState<Side>('lesson');
  const { lesson } = run;
  const { current } = run;
  const pages = new Set([lesson.start.page, ...lesson.steps.map((step) => pageOf(lesson, step))]);
  const [page, setPage] = useState<Page>(current ? pageOf(lesson, current) : lesson.start.page);
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState<LadderChoice>();
  const hasPrograms = pages.has('program') && !learning.isLacking('jspi');
  const text = learning.textOf(place.content);
  const solution = useSolution(learning, run, { playground, onSocket: play.choose, onPage: setPage });

  useSetUp(run, playground, play);
  const onStep = useEffectEvent((id: string | undefined) => {
    const step = lesson.steps.find((each) => each.id === id);
    if (!step) return;
    setPage(pageOf(lesson, step));
    if (step.view) play.setView(step.view);
  });
  useEffect(() => onStep(current?.id), [current?.id]);

  function go(to: Side): void {
    setSide(to);
    // What is hidden takes no focus: after it is drawn.
    requestAnimationFrame(() => document.getElementById(to)?.focus());
  }
  function onHint(): void {
    if (run.hasMoreHints) run.askHint();
    else solution.show();
  }
  function onAgain(): void {
    solution.stop();
    run.startAgain();
    setAttempt(attempt + 1);
  }
  function onEvidence({ trace, from, index }: EvidenceCall): void {
    setPage(from === 'play' ? 'play' : 'program');
    setAsked(from === 'play' ? undefined : { record: trace, index: index - trace.log.dropped });
    if (from === 'play') {
      play.choose(trace);
      play.setView('ladder');
      play.dispatch({ type: 'event chosen', socketId: trace.id, index });
    }
    go('workplace');
  }
  const follow = (to: Place['next']) => () => {
    if (to) window.location.hash = hrefOf(to.lesson.id);
  };
  useShortcuts(hasSingleKeys, {
    l: () => go('lesson'),
    w: () => go('workplace'),
    h: onHint,
    n: follow(place.next),
    p: follow(place.previous),
  });
  useOtherPane(() => go(document.getElementById('lesson')?.contains(document.activeElement) ? 'workplace' : 'lesson'));

  const panel = (of: Side) =>
    isNarrow ? { role: 'tabpanel', 'aria-labelledby': `learn-tab-${of}`, hidden: side !== of } : {};
  return (
    <div className={styles.page} style={{ '--lesson': `${width}px` } as CSSProperties}>
      {isNarrow ? (
        <div className={styles.tabs}>
          <TabList
            label={learn.panes}
            name="learn"
            tabs={[
              { id: 'lesson', label: learn.lesson },
              { id: 'workplace', label: learn.workplace },
            ]}
            selected={side}
            onSelect={setSide}
          />
        </div>
      ) : null}
      <div id="learn-panel-lesson" className={styles.lesson} {...panel('lesson')}>
        <LessonPane
          learning={learning}
          run={run}
          place={place}
          text={text}
          hrefOf={hrefOf}
          onEvidence={onEvidence}
          onHint={onHint}
          onShow={solution.show}
          onStop={solution.stop}
          onAgain={onAgain}
        />
      </div>
      <PaneHandle
        label={learn.lessonWidth}
        controls="learn-panel-lesson"
        side="start"
        size={width}
        limits={LESSON}
        onResize={setWidth}
      />
      <div id="learn-panel-workplace" className={styles.side} {...panel('workplace')}>
        <StepBar run={run} text={text} onLesson={isNarrow ? () => go('lesson') : undefined} />
        {pages.size > 1 && hasPrograms ? (
          <div className={styles.tabs}>
            <TabList
              label={learn.workplaceTabs}
              name="workplace"
              tabs={[
                { id: 'play', label: t.app.pages.play },
                { id: 'program', label: t.app.pages.program },
              ]}
              selected={page}
              onSelect={(next) => {
                setAsked(undefined);
                setPage(next);
              }}
            />
          </div>
        ) : null}
        <section id="workplace" tabIndex={-1} aria-label={learn.workplace} className={styles.workplace}>
          {page === 'play' || !hasPrograms ? (
            <div className={styles.play}>
              <PlaySidebar playground={playground} play={play} />
              <PlayWorkplace playground={playground} play={play} hasSingleKeys={hasSingleKeys} inspector="drawer" />
            </div>
          ) : null}
          {hasPrograms ? (
            <ProgramPart
              playground={playground}
              base={base}
              run={run}
              attempt={attempt}
              isShown={page === 'program'}
              asked={asked}
            />
          ) : null}
        </section>
      </div>
    </div>
  );
}

/** The target and the view that the lesson begins with, once the gateway has said where its servers are. */
function useSetUp(run: LessonRun, playground: Playground, play: ReturnType<typeof usePlay>): void {
  const labs = useSyncExternalStore(playground.subscribe, playground.lab);
  const setUp = useEffectEvent((servers: typeof labs) => {
    if (run.isSetUp || servers.length === 0) return;
    run.isSetUp = true;
    const { lab, view } = run.lesson.start;
    const server = servers.find(({ name }) => name === lab);
    if (server) play.aim(server, 'address');
    if (view) play.setView(view);
  });
  useEffect(() => setUp(labs), [labs]);
}

/** F6: from one pane to the other. */
function useOtherPane(go: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F6' || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    go();
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
