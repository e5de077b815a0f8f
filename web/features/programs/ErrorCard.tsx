import { ERRNO, ERRNO_NAMES, type Errno } from '../../../protocol/errors.ts';
import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ErrorCard.module.css';
import { applyQuickFix, findQuickFix } from './quick-fix.ts';

type ErrorCardProps = { readonly program: Program; readonly onFix: (source: string) => void };

/** Why the program ended as it did, where the page can say more than Python does; and the quick fix, where there is one. */
export function ErrorCard({ program, onFix }: ErrorCardProps) {
  const t = useT();
  const { error, source, isAsRun } = program;
  if (!error || !isAsRun || program.isRunning) return null;
  const fix = findQuickFix(source, error);
  const errno = errnoOf(error.message);
  const text = fix ? t.program.fault.kinds[fix.kind] : errno ? t.errors[errno] : undefined;
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
      {fix?.to === undefined ? null : (
        <div className={styles.fix}>
          <code>{fix.to.trim()}</code>
          <Button look="primary" onClick={() => onFix(applyQuickFix(source, fix))}>
            {t.program.fault.fix}
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
