import { useEffect, useState } from 'react';
import { useT } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import { newsText } from './news-text.ts';

/** Reads out what happens to sockets and gateway; what comes within one frame is read as one. */
export function NewsRegion({ playground }: { readonly playground: Playground }) {
  const t = useT();
  const [text, setText] = useState('');
  useEffect(() => {
    let batch: string[] = [];
    let frame = 0;
    const unsubscribe = playground.news.subscribe(() => {
      const latest = playground.news.latest();
      if (latest === undefined) return;
      batch.push(newsText(t, latest));
      if (frame === 0) frame = requestAnimationFrame(flush);
    });
    function flush(): void {
      frame = 0;
      setText(batch.join(' '));
      batch = [];
    }
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [playground, t]);
  return <LiveRegion text={text} />;
}
