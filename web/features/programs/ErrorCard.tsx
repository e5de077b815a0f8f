import { ERRNO, ERRNO_NAMES, type Errno } from '../../../protocol/errors.ts';
import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ErrorCard.module.css';
import { explain, withFix } from './explanation.ts';

type ErrorCardProps = { readonly program: Program; readonly onFix: (source: string) => void };

/** Why the program or one of its threads ended as it did, where the page can say more than Python does; and the fix. */
export function ErrorCard({ program, onFix }: ErrorCardProps) {
  const t = useT();
  const { source, outcome } = program;
  const fault = outcome.faultIn(source);
  if (!fault) return null;
  const explained = explain(source, fault);
  const errno = errnoOf(fault.message);
  const kind = explained && t.program.fault.kinds[explained.kind];
  const text = kind ? { what: kind.what(explained.value), tryThis: kind.tryThis } : errno ? t.errors[errno] : undefined;
  // At the line itself there is no room for all of what Python says.
  if (!text && fault.thread === undefined && (fault.line === 0 || fault.message === '')) return null;
  return (
    <div role="alert" className={styles.card}>
      <p>
        <b>
          {fault.line > 0 ? `${t.program.fault.line(fault.line)}: ` : ''}
          {fault.type}
        </b>{' '}
        {fault.thread === undefined ? null : `${t.program.fault.inThread(fault.thread)} `}
        {text?.what ?? fault.message}
      </p>
      {text ? <p>{text.tryThis}</p> : null}
      {explained?.to === undefined ? null : (
        <div className={styles.fix}>
          <code>{explained.to.trim()}</code>
          <Button look="primary" onClick={() => onFix(withFix(source, explained))}>
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
