import type { Peer } from '../../../../lesson/schema/peer-schema.ts';
import { useT } from '../../../i18n/t.ts';
import type { LessonRun } from '../../../store/lessons/lesson-run.ts';
import { Button } from '../../../ui/Button.tsx';
import { PeerFailureText } from './PeerFailureText.tsx';
import styles from './PeerTrial.module.css';

type PeerTrialProps = {
  readonly run: LessonRun;
  readonly peer: Peer;
  /** Which of the step's peers it is, from 1 on, and how many there are. */
  readonly number: number;
  readonly count: number;
};

/** A scripted peer judges the learner's server from outside: what it expected, and what came. */
export function PeerTrial({ run, peer: { id, port }, number, count }: PeerTrialProps) {
  const { learn } = useT();
  const { peer } = learn;
  const outcome = run.outcomeOf(id);
  return (
    <div className={styles.trial}>
      <Button isDisabled={outcome === 'trying'} onClick={() => void run.tryPeer(id)}>
        {peer.start(number, count)}
      </Button>
      <div role="status" aria-label={peer.result} className={styles.result}>
        {outcome === 'trying' ? peer.trying : null}
        {typeof outcome === 'object' && outcome.kind === 'passed' ? peer.passed : null}
        {typeof outcome === 'object' && outcome.kind === 'failed' ? (
          <PeerFailureText outcome={outcome} port={port} />
        ) : null}
      </div>
    </div>
  );
}
