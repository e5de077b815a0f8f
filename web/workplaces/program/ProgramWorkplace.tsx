import { type CSSProperties, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { PaneHandle } from '../../ui/PaneHandle.tsx';
import { usePaneSize } from '../../ui/pane-size.ts';
import { useLive } from '../../ui/use-live.ts';
import { LoadingBar } from './LoadingBar.tsx';
import { ProgramPane } from './ProgramPane.tsx';
import { ProgramSockets } from './ProgramSockets.tsx';
import styles from './ProgramWorkplace.module.css';
import type { Place } from './place.ts';
import { useNotes } from './use-notes.ts';

type ProgramWorkplaceProps = { readonly playground: Playground; readonly workbench: Workbench };

const LADDER = { min: 96, initial: 232, max: 900 };

/** Programs beside each other, their terminals, and their calls on one clock. */
export function ProgramWorkplace({ playground, workbench }: ProgramWorkplaceProps) {
  const t = useT().program;
  useLive(workbench);
  useNotes(workbench);
  const [place, setPlace] = useState<Place>();
  const [ladder, setLadder] = usePaneSize('program-ladder', LADDER);
  const programs = workbench.programs();
  return (
    <div className={styles.workplace} style={{ '--ladder-height': `${ladder}px` } as CSSProperties}>
      <LoadingBar workbench={workbench} />
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
        <ProgramSockets playground={playground} workbench={workbench} place={place} onPlace={setPlace} />
      </div>
    </div>
  );
}
