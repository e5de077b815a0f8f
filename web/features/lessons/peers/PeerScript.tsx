import type { PeerOutcome } from '../../../../lesson/peer-outcome.ts';
import type { PeerAction } from '../../../../lesson/schema/peer-schema.ts';
import { useT } from '../../../i18n/t.ts';
import styles from './PeerScript.module.css';

type PeerScriptProps = {
  readonly script: readonly PeerAction[];
  /** A word: it has not come to an end. */
  readonly result: PeerOutcome | string | undefined;
};

/** What a client does in turn; after a run with what passed. */
export function PeerScript({ script, result }: PeerScriptProps) {
  const t = useT().program.task;
  return (
    <ol className={styles.script}>
      {script.map((action, nth) => {
        const mark = markOf(nth, result);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a script never changes its order
          <li key={nth} data-mark={mark}>
            {actionText(action, t.actions)} {mark ? <span className={styles.mark}>{t.marks[mark]}</span> : null}
          </li>
        );
      })}
    </ol>
  );
}

type Mark = 'passed' | 'failed' | 'unreached';
function markOf(nth: number, result: PeerScriptProps['result']): Mark | undefined {
  if (typeof result !== 'object') return undefined;
  if (result.kind === 'passed' || nth < result.action) return 'passed';
  return nth === result.action && result.why !== 'refused' ? 'failed' : 'unreached';
}

type ActionTexts = ReturnType<typeof useT>['program']['task']['actions'];
function actionText(action: PeerAction, t: ActionTexts): string {
  const { send, sendSlowly, expectBytes, expectText, expectEnd, expectSilence, end } = action;
  if (send !== undefined) return t.send(send);
  if (sendSlowly) return t.sendSlowly(sendSlowly[0], sendSlowly[1]);
  if (expectBytes !== undefined) return t.expectBytes(expectBytes);
  if (expectText !== undefined) return t.expectText(expectText);
  if (expectEnd) return t.expectEnd[expectEnd];
  if (expectSilence !== undefined) return t.expectSilence(expectSilence);
  return end ? t.end : t.reset;
}
