import { useState } from 'react';
import type { Spotlight } from '../../../../protocol/rooms/records.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import { Button } from '../../../ui/Button.tsx';
import type { ShowPage } from '../show-page.ts';
import styles from './Classroom.module.css';

type SpotlightPartProps = {
  readonly classRoom: ClassRoom;
  readonly spotlight: Spotlight;
  readonly showPage: ShowPage;
};

/** The page that the instructor shows to all: offered, and opened by itself where the class is kept together. */
export function SpotlightPart({ classRoom, spotlight, showPage }: SpotlightPartProps) {
  const { room } = useClassWords();
  const [isOpen, setOpen] = useState(classRoom.model.now.pace !== undefined);
  const { spotlight: page } = classRoom;
  const whose = spotlight.isInstructor
    ? room.spotlight.instructor
    : spotlight.name
      ? room.spotlight.of(spotlight.name)
      : room.spotlight.seat;
  return (
    <section aria-label={room.spotlight.label} className={styles.spotlight}>
      <p className={styles.where}>{whose}</p>
      <Button onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        {isOpen ? room.spotlight.close : room.spotlight.open}
      </Button>
      {isOpen && page ? <div className={styles.shown}>{showPage(page, 'all')}</div> : null}
    </section>
  );
}
