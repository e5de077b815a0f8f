import type { MouseEventHandler } from 'react';
import { useT } from '../../i18n/t.ts';
import { readStored, useStored } from '../../platform/stored.ts';
import { Button } from '../../ui/Button.tsx';
import notice from '../../ui/panes/Notice.module.css';

type FirstLessonLineProps = {
  readonly href: string;
  readonly onFollow: MouseEventHandler<HTMLAnchorElement>;
};

/** Offers the first lesson to whoever has not begun one; closed once, it stays away. */
export function FirstLessonLine({ href, onFollow }: FirstLessonLineProps) {
  const { learn } = useT();
  const [isClosed, setClosed] = useStored('browser', 'learn.offer-closed', (stored) => stored === true);
  if (isClosed || readStored('browser', 'learn.progress') !== null) return null;
  return (
    <section aria-label={learn.offer} className={notice.notice}>
      <span>{learn.offer}</span>
      <a href={href} onClick={onFollow}>
        {learn.offerLink}
      </a>
      <Button look="quiet" onClick={() => setClosed(true)}>
        {learn.offerNo}
      </Button>
    </section>
  );
}
