import { useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatByteCount } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/form/Select.tsx';
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
      <Select
        label={t.stream.copyScope}
        options={COPY_SCOPES.map((one) => ({ value: one, label: t.stream.scopes[one] }))}
        value={scope}
        onChange={onScope}
      />
      <Select
        label={t.stream.copyAs}
        options={COPY_FORMATS.map((one) => ({ value: one, label: t.stream.copyFormats[one] }))}
        value={format}
        onChange={setFormat}
      />
      <Button onClick={() => void copy()}>{t.stream.copy}</Button>
    </>
  );
}
