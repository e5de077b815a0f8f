import { useEffect, useState } from 'react';
import { LessonList } from '../../features/lessons/LessonList.tsx';
import { OpenLessons } from '../../features/lessons/OpenLessons.tsx';
import { ProgressDialog } from '../../features/lessons/ProgressDialog.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Learning } from '../../store/lessons/learning.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import type { DeepLink } from '../../ui/page/deep-link.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './LearnPage.module.css';
import { LessonView } from './LessonView.tsx';
import { hrefOf } from './lesson-href.ts';
import { useLearning } from './use-learning.ts';

type LearnPageProps = {
  readonly playground: Playground;
  readonly base: string;
  readonly link: DeepLink;
  readonly hasSingleKeys: boolean;
};

const ClassLessons = deferred(
  async () => (await import('../../features/classroom/learner/ClassLessons.tsx')).ClassLessons,
);
const ReportLearning = deferred(
  async () => (await import('../../features/classroom/learner/ReportLearning.tsx')).ReportLearning,
);

/** The list of lessons, or one of them beside the workplace that it is done in. */
export function LearnPage({ playground, base, link, hasSingleKeys }: LearnPageProps) {
  const { learn } = useT();
  const learning = useLearning(playground, base);
  const { lesson, step } = link;
  const { pack, run } = learning;
  const place = lesson === undefined ? undefined : learning.placeOf(lesson);
  useEffect(() => {
    if (pack && lesson !== undefined) learning.open(lesson, step);
  }, [learning, pack, lesson, step]);

  const hasRooms = playground.gateway().rooms !== undefined;
  const ofClass = hasRooms ? <ClassLessons playground={playground} learning={learning} /> : null;
  if (!pack) return <Fetching learning={learning} />;
  const isClosed = lesson !== undefined && learning.isClosed(lesson);
  if (place && run && run.lesson.id === lesson && run.pack === pack.head.id && !isClosed) {
    return (
      <>
        {ofClass}
        {hasRooms ? <ReportLearning playground={playground} learning={learning} /> : null}
        <OpenUpTo learning={learning} run={run} />
        <LessonView
          key={`${run.pack} ${lesson} ${step ?? ''}`}
          playground={playground}
          base={base}
          hasSingleKeys={hasSingleKeys}
          learning={learning}
          run={run}
          place={place}
        />
      </>
    );
  }
  return (
    <div className={styles.all}>
      {ofClass}
      <h1>{learning.titleOf('pack')}</h1>
      <p className={styles.about}>{learn.about}</p>
      {lesson !== undefined && !place ? <p role="alert">{learn.noLesson(lesson)}</p> : null}
      {isClosed ? <p role="alert">{learn.closedLesson}</p> : null}
      {learning.hasWords ? null : <p className={styles.about}>{learn.noWords}</p>}
      <div className={styles.buttons}>
        <OpenLessons learning={learning} />
      </div>
      <LessonList learning={learning} current={run?.lesson.id} hrefOf={hrefOf} />
    </div>
  );
}

/** Who is through with what is open waits for the others, and is told so. */
function OpenUpTo({ learning, run }: { readonly learning: Learning; readonly run: LessonRun }) {
  const { learn } = useT();
  useLive(run);
  const { lesson, current } = run;
  const upTo = learning.openUpTo(lesson);
  if (upTo === undefined || !current || !learning.isClosed(lesson.id, current.id)) return null;
  return (
    <p role="status" className={styles.upTo}>
      {learn.openUpTo(upTo)}
    </p>
  );
}

function Fetching({ learning }: { readonly learning: Learning }) {
  const { learn } = useT();
  if (!learning.hasFailed) return <p className={styles.fetching}>{learn.loading}</p>;
  return (
    <div role="alert" className={styles.fetching}>
      <p>{learn.failed}</p>
      <Button onClick={() => window.location.reload()}>{learn.retry}</Button>
    </div>
  );
}

/** How much of it is done, and what can be done with that. */
export function LearnStatus({ playground, base }: LearnPageProps) {
  const { learn } = useT();
  const learning = useLearning(playground, base);
  const [isOpen, setOpen] = useState(false);
  const { pack } = learning;
  return (
    <>
      {pack ? <span>{learn.progressText(learning.doneCount, pack.lessons.length)}</span> : null}
      <Button look="quiet" className={styles.progress} onClick={() => setOpen(true)}>
        {learn.progress}
      </Button>
      {isOpen ? <ProgressDialog learning={learning} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
