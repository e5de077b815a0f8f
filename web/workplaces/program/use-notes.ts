import { useEffect } from 'react';
import { useT } from '../../i18n/t.ts';
import type { Workbench } from '../../store/programs/workbench.ts';

/** What the page says in terminals is said in the language of the moment. */
export function useNotes(workbench: Workbench): void {
  const { notes } = useT().program;
  useEffect(() => workbench.list.setNotes(notes), [workbench, notes]);
}
