import { useState } from 'react';
import { dialledAddress } from '../../../protocol/loopback.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { Button } from '../../ui/Button.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './ListenHint.module.css';

type ListenHintProps = {
  readonly record: SocketTrace;
  /** Opens a client of this page to the listener. */
  readonly onClient: () => void;
};

/** What a listening socket waits for, and two ways to give it that. */
export function ListenHint({ record, onClient }: ListenHintProps) {
  const t = useT().session.listening;
  useLive(record);
  const [outcome, setOutcome] = useState('');
  const { local } = record;
  if (record.kind !== 'listen' || !record.isOpen || local === undefined) return null;
  const command = `nc ${dialledAddress(local.host)} ${local.port}`;
  async function copy(): Promise<void> {
    setOutcome((await copyText(command)) ? t.copied : t.copyFailed);
  }
  return (
    <section aria-label={t.label} className={styles.hint}>
      <span>{t.fromTerminal}</span>
      <code className={styles.command}>{command}</code>
      <Button className={styles.button} onClick={() => void copy()}>
        {t.copy}
      </Button>
      <Button className={styles.button} onClick={onClient}>
        {t.fromHere}
      </Button>
      <span role="status">{outcome}</span>
    </section>
  );
}
