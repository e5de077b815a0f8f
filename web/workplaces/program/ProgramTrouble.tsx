import { useState } from 'react';
import { TroublePanel } from '../../features/trouble/TroublePanel.tsx';
import { NO_TROUBLE, type TroubleDraft, troubleOf } from '../../features/trouble/trouble-draft.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { type StateKey, usePageStates } from '../../ui/page/page-states.ts';

type ProgramTroubleProps = { readonly workbench: Workbench; readonly onClose: () => void };

/** The sliders stay where they were put: the trouble goes on while another page is looked at. */
const DRAFT: StateKey<TroubleDraft> = { name: 'program-trouble' };

/** Trouble between the programs, and between them and lab servers: a proxy before each target that they connect to. */
export function ProgramTrouble({ workbench, onClose }: ProgramTroubleProps) {
  const states = usePageStates();
  const [draft, setDraft] = useState(() => states.of(DRAFT, () => NO_TROUBLE));
  function change(next: TroubleDraft): void {
    setDraft(next);
    states.keep(DRAFT, next);
    workbench.list.setTrouble(next.isProxied ? troubleOf(next) : undefined);
  }
  return <TroublePanel id="program-trouble" draft={draft} onChange={change} record={undefined} onClose={onClose} />;
}
