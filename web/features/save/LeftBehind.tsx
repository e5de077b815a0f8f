import { useEffect, useState } from 'react';
import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { LeftBehindWords } from '../../i18n/en/left-behind.ts';
import { useT } from '../../i18n/t.ts';
import { readStoredJson, removeStored, writeStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';
import { leaveBehind } from '../../store/recovery.ts';
import { Button } from '../../ui/Button.tsx';
import tones from '../../ui/marks/tones.module.css';
import { readFile } from './file-job.ts';
import styles from './LeftBehind.module.css';
import { createFileWorker } from './use-file-job.ts';

const KEY = 'left-behind';
const WORDS = new Chapter<LeftBehindWords>({
  en: async () => (await import('../../i18n/en/left-behind.ts')).leftBehind,
  'zh-CN': async () => (await import('../../i18n/zh-CN/left-behind.ts')).leftBehind,
});

type Recovered = { readonly recovered: number; readonly open: number; readonly omitted: number };

/** A page's sockets end with it; what they went through does not: after a reload it stands in the list, as recordings. */
export function LeftBehind({ playground }: { readonly playground: Playground }) {
  const [found, setFound] = useState<Recovered>();
  useEffect(() => {
    let stored = readStoredJson('tab', KEY);
    const { text, open, omitted } = parseLeft(stored);
    removeStored('tab', KEY);
    void recover(playground, text).then((recovered) => {
      stored = undefined;
      if (recovered + open > 0) setFound({ recovered, open, omitted });
    });
    const onLeave = (): void => {
      // Left again before it was read: it is still all there is.
      const left = stored ?? leaveBehind(playground.sockets());
      const { text: kept, open: ended } = parseLeft(left);
      if (kept !== '' || ended > 0) writeStored('tab', KEY, JSON.stringify(left));
    };
    // A tab that is hidden may be discarded without another word.
    const onVisibility = (): void => {
      if (document.hidden) onLeave();
      else removeStored('tab', KEY);
    };
    window.addEventListener('pagehide', onLeave);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      window.removeEventListener('pagehide', onLeave);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [playground]);
  return found ? <Notice {...found} onDismiss={() => setFound(undefined)} /> : null;
}

function Notice({ recovered, open, omitted, onDismiss }: Recovered & { readonly onDismiss: () => void }) {
  const t = useT();
  const words = useChapter(WORDS);
  return (
    <section aria-label={words.label} className={`${styles.notice} ${tones.wait}`}>
      <span>
        {recovered > 0 ? words.kept(recovered, open) : words.lost(open)} {omitted > 0 ? words.omitted(omitted) : null}
      </span>
      <Button look="quiet" className={styles.dismiss} aria-label={t.gateway.dismiss} onClick={onDismiss}>
        ×
      </Button>
    </section>
  );
}

/** What was left, as recordings in the list; how many there are. What cannot be read is nothing: it is of another version of the page. */
async function recover(playground: Playground, text: string): Promise<number> {
  if (text === '') return 0;
  try {
    return (await readFile(createFileWorker(), new Blob([text]), playground).done)?.length ?? 0;
  } catch {
    return 0;
  }
}

/** What an earlier page, of another version perhaps, has left. */
function parseLeft(stored: unknown): { readonly text: string; readonly open: number; readonly omitted: number } {
  const { text, open, omitted } = Object(stored) as Record<string, unknown>;
  return { text: typeof text === 'string' ? text : '', open: countOf(open), omitted: countOf(omitted) };
}
function countOf(stored: unknown): number {
  return typeof stored === 'number' && Number.isInteger(stored) && stored > 0 ? stored : 0;
}
