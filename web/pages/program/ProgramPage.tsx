import { useEffect, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { putOffDeferred } from '../../platform/deferred.tsx';
import { useStored } from '../../platform/stored.ts';
import { isPythonSupported } from '../../python/python-files.ts';
import type { Playground } from '../../store/playground.ts';
import { decodeFragment } from '../../store/programs/shared-programs.ts';
import { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { PaneHandle } from '../../ui/PaneHandle.tsx';
import { type StateKey, usePageStates } from '../../ui/page-states.ts';
import { useLive } from '../../ui/use-live.ts';
import { LoadingBar } from './LoadingBar.tsx';
import { ProgramBar } from './ProgramBar.tsx';
import { ProgramLadder } from './ProgramLadder.tsx';
import styles from './ProgramPage.module.css';
import { ProgramPane } from './ProgramPane.tsx';
import type { Place } from './place.ts';
import { UnsupportedPage } from './UnsupportedPage.tsx';
import { useNotes } from './use-notes.ts';

type ProgramPageProps = { readonly playground: Playground; readonly base: string };

const LADDER = { min: 96, initial: 232, max: 900 };
const PYTHON = '3.14';
/** One of each tab: programs go on while another page is looked at. */
const WORKBENCH: StateKey<Workbench> = { name: 'workbench' };

function useWorkbench({ playground, base }: ProgramPageProps): Workbench {
  return usePageStates().of(WORKBENCH, () => {
    const workbench = new Workbench(playground.client, base, playground.line);
    // Before the editors are drawn: Python starts in a thread of its own meanwhile.
    putOffDeferred(workbench.load());
    return workbench;
  });
}

/** Two Python programs beside each other, their terminals, and their calls on one clock. */
export function ProgramPage(props: ProgramPageProps) {
  return isPythonSupported() ? <Programs {...props} /> : <UnsupportedPage base={props.base} />;
}

/** How many programs run, and how many sockets they have. */
export function ProgramStatus(props: ProgramPageProps) {
  return isPythonSupported() ? <RunningCount {...props} /> : null;
}
function RunningCount(props: ProgramPageProps) {
  const t = useT().program;
  const workbench = useWorkbench(props);
  useLive(workbench);
  const running = workbench.programs().filter(({ isRunning }) => isRunning);
  return (
    <span>
      {t.running(
        running.length,
        running.reduce((sum, { sockets }) => sum + sockets.open, 0),
      )}
    </span>
  );
}

function Programs(props: ProgramPageProps) {
  const t = useT().program;
  const workbench = useWorkbench(props);
  useLive(workbench);
  useNotes(workbench);
  const [place, setPlace] = useState<Place>();
  const [ladder, setLadder] = useStored('browser', 'program-ladder', (stored) =>
    typeof stored === 'number' ? Math.min(LADDER.max, Math.max(LADDER.min, stored)) : LADDER.initial,
  );
  const programs = workbench.programs();

  useEffect(() => {
    const open = async (): Promise<void> => {
      const shared = await decodeFragment(window.location.hash);
      if (shared) workbench.open(shared);
    };
    void open();
    const onHash = () => void open();
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [workbench]);

  return (
    <div className={styles.page} style={{ ['--ladder-height' as string]: `${ladder}px` }}>
      <ProgramBar workbench={workbench} version={PYTHON} />
      <LoadingBar workbench={workbench} />
      {workbench.isShared ? (
        <div role="status" className={styles.notice}>
          {t.shared.text}
          <Button onClick={() => workbench.leaveShared()}>{t.shared.leave}</Button>
        </div>
      ) : null}
      <div className={styles.panes}>
        {programs.map((program) => (
          <ProgramPane
            key={program.file}
            program={program}
            onEdit={(source) => workbench.edit(program, source)}
            onRemove={programs.indexOf(program) > 1 ? () => workbench.remove(program) : undefined}
            place={place}
            onPlace={setPlace}
          />
        ))}
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
        <ProgramLadder workbench={workbench} place={place} onPlace={setPlace} />
      </div>
    </div>
  );
}
