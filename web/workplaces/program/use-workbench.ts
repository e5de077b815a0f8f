import { putOffDeferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { Workbench } from '../../store/programs/workbench.ts';
import { type StateKey, usePageStates } from '../../ui/page-states.ts';

/** One of each tab: programs go on while another page is looked at. */
const WORKBENCH: StateKey<Workbench> = { name: 'workbench' };

export function useWorkbench(playground: Playground, base: string): Workbench {
  return usePageStates().of(WORKBENCH, () => {
    const workbench = new Workbench(playground.client, base, playground.line);
    // Before the editors are drawn: Python starts in a thread of its own meanwhile.
    putOffDeferred(workbench.load());
    return workbench;
  });
}
