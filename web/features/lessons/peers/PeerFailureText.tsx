import type { PeerOutcome } from '../../../../lesson/peer-outcome.ts';
import { useT } from '../../../i18n/t.ts';
import styles from './PeerTrial.module.css';

type PeerFailureTextProps = { readonly outcome: PeerOutcome & { kind: 'failed' }; readonly port: number };

/** Where a scripted peer stopped, what it expected and what came. */
export function PeerFailureText({ outcome, port }: PeerFailureTextProps) {
  const { peer } = useT().learn;
  const { why, action, expected, received, at } = outcome;
  return (
    <>
      <p>{why === 'refused' ? peer.refused(port) : peer.stopped(action + 1, peer.why[why])}</p>
      {expected === '' && received === '' ? null : (
        <dl className={styles.sides}>
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
