import { TryStrip } from '../../features/try/TryStrip.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { EXPERIMENTS } from './experiments.ts';
import { phaseOf, useExperiment } from './use-experiment.ts';
import type { Play } from './use-play.ts';

const ExperimentCard = deferred(async () => (await import('../../features/try/ExperimentCard.tsx')).ExperimentCard);

type TryOutProps = { readonly playground: Playground; readonly play: Play; readonly onHello: () => void };

const NAMES = ['hello', ...EXPERIMENTS] as const;

/** The experiments of the first minutes: each is set up by one press, asks, and says afterwards what was to be seen. */
export function TryOut({ playground, play, onHello }: TryOutProps) {
  const { tryOut } = useT().app;
  const { run, start, act, stop } = useExperiment(playground, play);
  return (
    <>
      <TryStrip
        names={NAMES}
        label={(name) => tryOut.names[name]}
        current={run?.name}
        onTry={(name) => {
          if (name !== 'hello') {
            start(name);
            return;
          }
          stop();
          play.setView('ladder');
          onHello();
        }}
      />
      {run ? <ExperimentCard name={run.name} phase={phaseOf(run)} onAct={act} onClose={stop} /> : null}
    </>
  );
}
