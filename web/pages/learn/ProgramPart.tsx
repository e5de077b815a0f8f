import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LadderChoice } from '../../features/ladder/grid-rows.ts';
import { useT } from '../../i18n/t.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import type { Playground } from '../../store/playground.ts';
import { useLive } from '../../ui/use-live.ts';
import { ProgramWorkplace } from '../../workplaces/program/ProgramWorkplace.tsx';
import { useWorkbench } from '../../workplaces/program/use-workbench.ts';
import styles from './LearnPage.module.css';
import { programsOf } from './lesson-programs.ts';

type ProgramPartProps = {
  readonly playground: Playground;
  readonly base: string;
  readonly run: LessonRun;
  /** Counts how often the lesson was begun anew: its programs then stand as they did. */
  readonly attempt: number;
  /** Python is fetched before it is looked at. */
  readonly isShown: boolean;
  /** The call by which a step was met. */
  readonly asked: LadderChoice | undefined;
};

/** The programs of a lesson, on the workbench of the page Program. */
export function ProgramPart({ playground, base, run, attempt, isShown, asked }: ProgramPartProps) {
  const { learn } = useT();
  const workbench = useWorkbench(playground, base);
  useLive(workbench);
  const { content, facts } = run;
  const { id } = content.lesson;
  const lab = useSyncExternalStore(playground.subscribe, playground.lab);
  useEffect(() => {
    if (facts.workbench !== workbench) facts.attach(workbench);
    // Which ports the lab has is known when the gateway has answered.
    if (workbench.lesson !== id && lab.length > 0) workbench.openLesson(id, programsOf(content, lab));
  }, [workbench, facts, content, id, lab]);
  const restart = useEffectEvent(() => workbench.openLesson(id, programsOf(content, playground.lab()), true));
  useEffect(() => {
    if (attempt > 0) restart();
  }, [attempt]);
  if (!isShown || workbench.lesson !== id) return null;
  return (
    <div className={styles.programs}>
      <p className={styles.own}>{learn.own}</p>
      <ProgramWorkplace playground={playground} workbench={workbench} asked={asked} />
    </div>
  );
}
