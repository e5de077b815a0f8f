import { putOffDeferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { Workbench } from '../../store/programs/workbench.ts';
import { WORKBENCH } from '../../store/programs/workbench-key.ts';
import { usePageStates } from '../../ui/page/page-states.ts';

export function useWorkbench(playground: Playground, base: string): Workbench {
  return usePageStates().of(WORKBENCH, () => {
    const workbench = new Workbench(playground.client, base, playground.line);
    // Before the editors are drawn: Python starts in a thread of its own meanwhile.
    putOffDeferred(workbench.load());
    return workbench;
  });
}
