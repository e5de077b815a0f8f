import type { ReactNode } from 'react';
import type { SocketErrorCode } from '../../../protocol/errors.ts';
import { useT } from '../../i18n/t.ts';
import { Explanation } from '../../ui/marks/Explanation.tsx';

type ErrorCardProps = {
  readonly code: SocketErrorCode;
  /** The machine's own words, where it had some. */
  readonly detail?: string;
  readonly children?: ReactNode;
};

/** An error, explained: what happened, what Python raises, what to try. */
export function ErrorCard({ code, detail = '', children }: ErrorCardProps) {
  const t = useT();
  const { what, python, tryThis } = t.errors[code];
  return (
    <Explanation
      title={
        <>
          <code>{code}</code> · {what}
        </>
      }
      note={hasErrno(python) ? t.session.numbers : ''}
      facts={[
        { term: t.session.python, detail: python, isCode: isException(python) },
        { term: t.session.tryThis, detail: tryThis },
        ...(detail === '' ? [] : [{ term: t.session.detail, detail, isCode: true }]),
      ]}
    >
      {children}
    </Explanation>
  );
}

/** Its number is of Linux: other systems have others. */
function hasErrno(python: string): boolean {
  return python.includes('[Errno ');
}
/** An exception as Python prints it, not a remark that there is none. */
function isException(python: string): boolean {
  return /^[\w.]+: /.test(python) && !python.startsWith('nothing');
}
