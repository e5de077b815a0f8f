import { useT } from '../../i18n/t.ts';
import { typedError } from '../../i18n/typed-error.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Composer.module.css';
import type { ComposerProblem } from './use-composer.ts';

type ComposerAlertProps = {
  readonly problem: ComposerProblem;
  readonly dialTarget: string | undefined;
  readonly onDial: () => void;
};

/** Why nothing was sent, and what to do about it. */
export function ComposerAlert({ problem, dialTarget, onDial }: ComposerAlertProps) {
  const t = useT();
  const canDial = problem.kind === 'not-connected' || (problem.kind === 'error' && problem.code === 'SOCKET_CLOSED');
  return (
    <div role="alert" className={problem.kind === 'error' ? `${styles.alert} ${styles.wrong}` : styles.alert}>
      <ProblemText problem={problem} />
      {canDial && dialTarget !== undefined ? <Button onClick={onDial}>{t.composer.dial(dialTarget)}</Button> : null}
    </div>
  );
}

function ProblemText({ problem }: { readonly problem: ComposerProblem }) {
  const t = useT();
  if (problem.kind === 'empty') return <p>{t.composer.empty}</p>;
  if (problem.kind === 'not-connected') return <p>{t.composer.notConnected}</p>;
  if (problem.kind === 'listener') return <p>{t.composer.listenerSelected}</p>;
  const { what, python, tryThis } = typedError(t, problem.code, problem.typed);
  return (
    <div>
      <p>
        <strong>{what}</strong>{' '}
        {problem.typed.position === undefined ? null : t.composer.at(problem.typed.position + 1)} {tryThis}
      </p>
      <p className={styles.python}>
        {t.session.python} <code>{python}</code>
      </p>
    </div>
  );
}
