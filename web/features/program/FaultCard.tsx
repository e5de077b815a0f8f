import { ERRNO, ERRNO_NAMES, type Errno } from '../../../protocol/errors.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './FaultCard.module.css';
import { applyMend, findMend } from './mend.ts';
import type { Program } from './program.ts';

type FaultCardProps = { readonly program: Program; readonly onMend: (source: string) => void };

/** Why the program ended as it did, where we know more of it than Python says; and the mend, where there is one. */
export function FaultCard({ program, onMend }: FaultCardProps) {
  const t = useT();
  const { error, source, isAsRun } = program;
  if (!error || !isAsRun || program.isRunning) return null;
  const mend = findMend(source, error);
  const errno = errnoOf(error.message);
  const text = mend ? t.program.fault.kinds[mend.kind] : errno ? t.errors[errno] : undefined;
  if (!text) return null;
  return (
    <div role="alert" className={styles.card}>
      <p>
        <b>
          {error.line > 0 ? `${t.program.fault.line(error.line)}: ` : ''}
          {error.type}
        </b>{' '}
        {text.what}
      </p>
      <p>{text.tryThis}</p>
      {mend?.to === undefined ? null : (
        <div className={styles.mend}>
          <code>{mend.to.trim()}</code>
          <Button look="primary" onClick={() => onMend(applyMend(source, mend))}>
            {t.program.fault.mend}
          </Button>
        </div>
      )}
    </div>
  );
}

function errnoOf(message: string): Errno | undefined {
  const number = Number(/^\[Errno (\d+)\]/.exec(message)?.[1]);
  return ERRNO_NAMES.find((name) => ERRNO[name] === number);
}
