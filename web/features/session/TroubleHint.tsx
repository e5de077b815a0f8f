import { useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { COMPOSER_OFFER, ComposerOffer } from '../../store/composer-offer.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageStates } from '../../ui/page/page-states.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './ListenHint.module.css';

/** First lines that the trouble server takes; those that no slider has among them. */
const LINES = [
  'delay 500',
  'slice 3',
  'drip 200',
  'limit 10',
  'reset 10',
  'silent',
  'slow-close 2000',
  'half-close',
  'help',
] as const;

/** The trouble server does what its first line says: until one has gone, which ones there are. */
export function TroubleHint({ record }: { readonly record: SocketTrace }) {
  const { trouble } = useToolWords();
  useLive(record);
  const [chosen, setChosen] = useState<string>();
  const offer = usePageStates().of(COMPOSER_OFFER, () => new ComposerOffer());
  if (record.lab !== 'Trouble' || !record.isOpen || record.sent.length > 0) return null;
  function put(line: string): void {
    setChosen(line);
    offer.put(`${line}\\n`, true);
  }
  return (
    <section aria-label={trouble.label} className={styles.hint}>
      <span>{trouble.first}</span>
      {LINES.map((line) => (
        <Button key={line} aria-pressed={line === chosen} onClick={() => put(line)}>
          <code>{line}</code>
        </Button>
      ))}
    </section>
  );
}
