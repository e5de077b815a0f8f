import { type CSSProperties, useState } from 'react';
import type { LadderChoice } from '../../features/ladder/grid-rows.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { useMatches } from '../../ui/page/use-matches.ts';
import { PaneHandle } from '../../ui/panes/PaneHandle.tsx';
import { usePaneSize } from '../../ui/panes/pane-size.ts';
import { useLive } from '../../ui/use-live.ts';
import { LoadingBar } from './LoadingBar.tsx';
import { ProgramPane } from './ProgramPane.tsx';
import styles from './ProgramWorkplace.module.css';
import type { Place } from './place.ts';
import { ProgramSockets } from './sockets/ProgramSockets.tsx';
import { useNotes } from './use-notes.ts';

type ProgramWorkplaceProps = {
  readonly playground: Playground;
  readonly workbench: Workbench;
  /** A call to show in the ladder: another one each time that one is asked for. */
  readonly asked?: LadderChoice | undefined;
};

const LADDER = { min: 96, initial: 232, max: 900 };
const TERMINAL = { min: 64, initial: 170, max: 700 };
/** In place of a file's name: no program is called so. */
const TASK = 'task';
const TaskPane = deferred(async () => (await import('./task/TaskPane.tsx')).TaskPane);
/** One program at a time. */
const NARROW = '(max-width: 760px)';

/** Programs beside each other, their terminals, and their calls on one clock. */
export function ProgramWorkplace({ playground, workbench, asked }: ProgramWorkplaceProps) {
  const t = useT().program;
  useLive(workbench);
  useNotes(workbench);
  const [place, setPlace] = useState<Place>();
  const [ladder, setLadder] = usePaneSize('program-ladder', LADDER);
  const [terminal, setTerminal] = usePaneSize('program-terminal', TERMINAL);
  const programs = workbench.programs();
  const isNarrow = useMatches(NARROW);
  const [chosenFile, setChosenFile] = useState('');
  const { task } = workbench;
  const isTaskShown = task !== undefined && chosenFile === TASK;
  const shownFile = isTaskShown ? TASK : (programs.find(({ file }) => file === chosenFile)?.file ?? programs[0]?.file);
  const choices = programs.map(({ file }) => ({ value: file, label: file }));
  const heights = { '--ladder-height': `${ladder}px`, '--terminal-height': `${terminal}px` } as CSSProperties;
  return (
    <div className={styles.workplace} style={heights}>
      <LoadingBar workbench={workbench} />
      {isNarrow ? (
        <div className={styles.choice}>
          <RadioGroup
            label={t.panes}
            options={task ? [...choices, { value: TASK, label: t.task.label }] : choices}
            value={shownFile ?? ''}
            onChange={setChosenFile}
          />
        </div>
      ) : null}
      <div className={styles.panes}>
        {programs.map((program) => (
          <ProgramPane
            key={program.file}
            isShown={!isNarrow || program.file === shownFile}
            terminalHandle={
              <PaneHandle
                label={t.terminalHeight(program.file)}
                controls={`terminal-${program.file}`}
                side="end"
                across="rows"
                size={terminal}
                limits={TERMINAL}
                onResize={setTerminal}
              />
            }
            program={program}
            onEdit={(source) => workbench.edit(program, source)}
            onArgs={(args) => workbench.setArgs(program, args)}
            onRemove={programs.indexOf(program) > 1 ? () => workbench.remove(program) : undefined}
            place={place}
            onPlace={setPlace}
          />
        ))}
        {task ? (
          <TaskPane playground={playground} workbench={workbench} task={task} isShown={!isNarrow || isTaskShown} />
        ) : null}
      </div>
      <PaneHandle
        label={t.divider}
        controls="program-ladder"
        side="end"
        across="rows"
        size={ladder}
        limits={LADDER}
        onResize={setLadder}
      />
      <div id="program-ladder" className={styles.ladder}>
        <ProgramSockets playground={playground} workbench={workbench} asked={asked} place={place} onPlace={setPlace} />
      </div>
    </div>
  );
}
