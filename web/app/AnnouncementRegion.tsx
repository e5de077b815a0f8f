import { useEffect, useState } from 'react';
import { useT } from '../i18n/t.ts';
import type { Playground } from '../store/playground.ts';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import { announcementText } from './announcement-text.ts';

/** Reads out what happens to sockets and gateway; what comes within one frame is read as one. */
export function AnnouncementRegion({ playground }: { readonly playground: Playground }) {
  const t = useT();
  const [text, setText] = useState('');
  useEffect(() => {
    let batch: string[] = [];
    let frame = 0;
    const unsubscribe = playground.announcements.subscribe(() => {
      const latest = playground.announcements.latest();
      if (latest === undefined) return;
      batch.push(announcementText(t, latest));
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
