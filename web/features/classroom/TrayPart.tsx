import { useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { Pinned, Tray } from '../../store/classroom/tray.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useLive } from '../../ui/use-live.ts';
import type { LessonNames } from './choices/lesson-title.ts';
import { whoIs } from './seats/seat-text.ts';
import type { ShowPage } from './show-page.ts';
import styles from './Teach.module.css';

type TrayPartProps = {
  readonly tray: Tray;
  readonly isHiding: boolean;
  readonly names: LessonNames;
  readonly showPage: ShowPage;
};

/** Pages as they were at a moment, in the order in which they are to be shown. */
export function TrayPart({ tray, isHiding, names, showPage }: TrayPartProps) {
  const { teach } = useClassWords();
  const words = teach.tray;
  useLive(tray);
  const [shown, setShown] = useState<number>();
  const { pinned } = tray;
  if (pinned.length === 0) return <p>{words.none}</p>;

  function entry({ row, at }: Pinned): string {
    const { lesson, step, of } = row.tile;
    const where = lesson === '' ? '' : teach.seat.lesson(names.lesson(lesson), step, of);
    return words.entry(whoIs(teach, row, isHiding), new Date(at).toLocaleTimeString(), where);
  }
  return (
    <>
      <ol aria-label={words.label} className={styles.list}>
        {pinned.map((one, index) => {
          const who = whoIs(teach, one.row, isHiding);
          return (
            <li key={one.id}>
              <Button look="quiet" className={styles.wide} onClick={() => setShown(index)}>
                {entry(one)}
              </Button>
              <Button aria-label={words.up(who)} isDisabled={index === 0} onClick={() => tray.move(one.id, -1)}>
                ↑
              </Button>
              <Button
                aria-label={words.down(who)}
                isDisabled={index === pinned.length - 1}
                onClick={() => tray.move(one.id, 1)}
              >
                ↓
              </Button>
              <Button aria-label={words.remove(who)} onClick={() => tray.remove(one.id)}>
                ✕
              </Button>
            </li>
          );
        })}
      </ol>
      <Button look="primary" onClick={() => setShown(0)}>
        {words.show}
      </Button>
      {shown === undefined ? null : (
        <TrayDialog
          pinned={pinned}
          at={shown}
          onAt={setShown}
          onClose={() => setShown(undefined)}
          showPage={showPage}
        />
      )}
    </>
  );
}

type TrayDialogProps = {
  readonly pinned: readonly Pinned[];
  readonly at: number;
  readonly onAt: (at: number) => void;
  readonly onClose: () => void;
  readonly showPage: ShowPage;
};
/** One after another, for all to see: whose they are is not said. */
function TrayDialog({ pinned, at, onAt, onClose, showPage }: TrayDialogProps) {
  const { teach } = useClassWords();
  const words = teach.tray;
  const one = pinned[at];
  return (
    <Dialog title={words.title(at + 1, pinned.length)} done={words.close} onClose={onClose}>
      <div className={styles.buttons}>
        <Button isDisabled={at === 0} onClick={() => onAt(at - 1)}>
          {words.previous}
        </Button>
        <Button isDisabled={at === pinned.length - 1} onClick={() => onAt(at + 1)}>
          {words.next}
        </Button>
      </div>
      <div key={one?.id} className={styles.pinned}>
        {one ? showPage(one.page, 'all') : null}
      </div>
    </Dialog>
  );
}
