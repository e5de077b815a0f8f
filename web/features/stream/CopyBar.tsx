import { useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatByteCount } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { Button } from '../../ui/Button.tsx';
import {
  COPY_FORMATS,
  COPY_LIMIT,
  COPY_SCOPES,
  type CopyFormat,
  type CopyScope,
  copiedBytes,
  copyStream,
} from './copy-stream.ts';

type CopyBarProps = {
  readonly record: SocketTrace;
  readonly scope: CopyScope;
  readonly onScope: (scope: CopyScope) => void;
};

/** Which bytes, in which form, to the clipboard; and whether they are there. */
export function CopyBar({ record, scope, onScope }: CopyBarProps) {
  const t = useT();
  const [format, setFormat] = useState<CopyFormat>('text');
  const [outcome, setOutcome] = useState('');

  async function copy(): Promise<void> {
    const bytes = copiedBytes(record, scope);
    const size = formatByteCount(bytes);
    if (bytes > COPY_LIMIT) setOutcome(t.stream.copyTooMuch(size));
    else if (await copyText(copyStream(record, scope, format))) setOutcome(t.stream.copied(size));
    else setOutcome(t.stream.copyFailed);
  }
  return (
    <>
      <span role="status">{outcome}</span>
      <select
        aria-label={t.stream.copyScope}
        value={scope}
        onChange={(event) => onScope(COPY_SCOPES.find((one) => one === event.target.value) ?? 'both')}
      >
        {COPY_SCOPES.map((one) => (
          <option key={one} value={one}>
            {t.stream.scopes[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={t.stream.copyAs}
        value={format}
        onChange={(event) => setFormat(COPY_FORMATS.find((one) => one === event.target.value) ?? 'text')}
      >
        {COPY_FORMATS.map((one) => (
          <option key={one} value={one}>
            {t.stream.copyFormats[one]}
          </option>
        ))}
      </select>
      <Button onClick={() => void copy()}>{t.stream.copy}</Button>
    </>
  );
}
