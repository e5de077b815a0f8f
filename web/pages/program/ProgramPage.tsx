import { useEffect, useSyncExternalStore } from 'react';
import { useT } from '../../i18n/t.ts';
import { isPythonSupported } from '../../python/python-files.ts';
import type { Playground } from '../../store/playground.ts';
import { decodeFragment } from '../../store/programs/shared-programs.ts';
import { Button } from '../../ui/Button.tsx';
import notice from '../../ui/panes/Notice.module.css';
import { useLive } from '../../ui/use-live.ts';
import { ProgramWorkplace } from '../../workplaces/program/ProgramWorkplace.tsx';
import { useWorkbench } from '../../workplaces/program/use-workbench.ts';
import { ProgramBar } from './ProgramBar.tsx';
import styles from './ProgramPage.module.css';
import { UnsupportedPage } from './UnsupportedPage.tsx';

type ProgramPageProps = { readonly playground: Playground; readonly base: string };

const PYTHON = '3.14';

/** Two Python programs beside each other, their terminals, and their calls on one clock. */
export function ProgramPage(props: ProgramPageProps) {
  const hasPython = useHasPython(props.playground);
  if (!isPythonSupported()) return <UnsupportedPage base={props.base} reason="browser" />;
  return hasPython ? <Programs {...props} /> : <UnsupportedPage base={props.base} reason="host" />;
}

/** How many programs run, and how many sockets they have. */
export function ProgramStatus(props: ProgramPageProps) {
  const hasPython = useHasPython(props.playground);
  return isPythonSupported() && hasPython ? <RunningCount {...props} /> : null;
}
function useHasPython({ subscribe, gateway }: Playground): boolean {
  return useSyncExternalStore(subscribe, () => gateway().hasPython);
}
function RunningCount({ playground, base }: ProgramPageProps) {
  const t = useT().program;
  const workbench = useWorkbench(playground, base);
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

function Programs({ playground, base }: ProgramPageProps) {
  const t = useT().program;
  const workbench = useWorkbench(playground, base);
  useLive(workbench);

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
    <div className={styles.page}>
      <ProgramBar workbench={workbench} version={PYTHON} />
      {workbench.isShared ? (
        <div role="status" className={notice.notice}>
          {t.shared.text}
          <Button onClick={() => workbench.leaveShared()}>{t.shared.leave}</Button>
        </div>
      ) : null}
      {workbench.lesson === undefined ? null : (
        <div role="status" className={notice.notice}>
          {t.ofLesson}
          <Button onClick={() => workbench.leaveShared()}>{t.shared.leave}</Button>
        </div>
      )}
      <ProgramWorkplace playground={playground} workbench={workbench} />
    </div>
  );
}
