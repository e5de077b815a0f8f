import type { PeerOutcome } from '../../../lesson/peer-outcome.ts';
import type { Peer } from '../../../lesson/peer-schema.ts';
import { useT } from '../../i18n/t.ts';
import type { LessonRun } from '../../store/lessons/lesson-run.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Lesson.module.css';

/** A scripted peer judges the learner's server from outside: what it expected, and what came. */
export function PeerTrial({ run, peer: { id, port } }: { readonly run: LessonRun; readonly peer: Peer }) {
  const { learn } = useT();
  const { peer } = learn;
  const outcome = run.outcomeOf(id);
  return (
    <div>
      <Button isDisabled={outcome === 'trying'} onClick={() => void run.tryPeer(id)}>
        {peer.start}
      </Button>
      <div role="status" aria-label={peer.result} className={styles.outcome}>
        {outcome === 'trying' ? peer.trying : null}
        {typeof outcome === 'object' && outcome.kind === 'passed' ? peer.passed : null}
        {typeof outcome === 'object' && outcome.kind === 'failed' ? <Failure outcome={outcome} port={port} /> : null}
      </div>
    </div>
  );
}

function Failure({ outcome, port }: { readonly outcome: PeerOutcome & { kind: 'failed' }; readonly port: number }) {
  const { peer } = useT().learn;
  const { why, action, expected, received, at } = outcome;
  return (
    <>
      <p>{why === 'refused' ? peer.refused(port) : peer.stopped(action + 1, peer.why[why])}</p>
      {expected === '' && received === '' ? null : (
        <dl>
          <dt>{peer.expected}</dt>
          <dd>
            <code>{expected === '' ? peer.nothing : expected}</code>
          </dd>
          <dt>{peer.received}</dt>
          <dd>
            <code>{received === '' ? peer.nothing : received}</code>
          </dd>
          <dt>{peer.firstDifference}</dt>
          <dd>{peer.byte(at)}</dd>
        </dl>
      )}
    </>
  );
}
