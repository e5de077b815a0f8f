import { useEffect, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { readStoredJson, removeStored, writeStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import tones from '../../ui/marks/tones.module.css';
import styles from './Gateway.module.css';

const KEY = 'open-sockets';

/** After a reload: a page's sockets end with it, and so does what they went through. */
export function LeftBehind({ playground }: { readonly playground: Playground }) {
  const t = useT();
  const [count, setCount] = useState(() => countOf(readStoredJson('tab', KEY)));
  useEffect(() => {
    removeStored('tab', KEY);
    const onLeave = (): void => {
      const open = playground.sockets().filter(({ isOpen }) => isOpen).length;
      if (open > 0) writeStored('tab', KEY, String(open));
    };
    window.addEventListener('pagehide', onLeave);
    return () => window.removeEventListener('pagehide', onLeave);
  }, [playground]);
  if (count === 0) return null;
  return (
    <section aria-label={t.gateway.leftBehind(count)} className={`${styles.notice} ${tones.wait}`}>
      <span>{t.gateway.leftBehind(count)}</span>
      <Button look="quiet" className={styles.dismiss} aria-label={t.gateway.dismiss} onClick={() => setCount(0)}>
        ×
      </Button>
    </section>
  );
}

function countOf(stored: unknown): number {
  return typeof stored === 'number' && Number.isInteger(stored) && stored > 0 ? stored : 0;
}
