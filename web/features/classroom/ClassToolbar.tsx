import { useState } from 'react';
import type { RoomSetting } from '../../../protocol/rooms/records.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/CheckBox.tsx';
import { ExportProgress } from './ExportProgress.tsx';
import { LessonChoice } from './LessonChoice.tsx';
import type { LessonTitle } from './lesson-title.ts';
import { SureButton } from './SureButton.tsx';
import styles from './Teach.module.css';

type ClassToolbarProps = {
  readonly classRoom: ClassRoom;
  readonly lessons: readonly LessonTitle[];
  readonly isHiding: boolean;
  readonly onHiding: (isHiding: boolean) => void;
  readonly onJoinLink: () => void;
  readonly onMessage: () => void;
  readonly onLeave: () => void;
};

/** What an instructor does with the whole class. */
export function ClassToolbar(props: ClassToolbarProps) {
  const { classRoom, lessons, isHiding, onHiding, onJoinLink, onMessage, onLeave } = props;
  const { teach } = useClassWords();
  const { bar } = teach;
  const [isMore, setMore] = useState(false);
  const { model, client } = classRoom;
  const { lesson, pace, paused } = model.now;
  const index = lessons.findIndex(({ id }) => id === lesson);
  const next = lessons[index + 1];
  const isShown = model.now.spotlight?.isInstructor === true;
  const isInstructor = model.role === 'instructor';

  function set(change: { lesson?: string; isPaced?: boolean; paused?: boolean }): void {
    const to = change.lesson ?? lesson;
    const isPaced = change.isPaced ?? pace !== undefined;
    const setting: RoomSetting = {
      paused: change.paused ?? paused,
      ...(to && { lesson: to }),
      ...(to && isPaced && { pace: { from: { lesson: to }, to: { lesson: to } } }),
    };
    void classRoom.attempt(() => client.ask('now', { now: setting }));
  }
  return (
    <div className={styles.toolbar}>
      <Button onClick={onJoinLink}>{teach.join.open}</Button>
      <Button
        aria-pressed={isShown}
        onClick={() => void classRoom.attempt(() => client.ask('spotlight', isShown ? {} : { source: 'mine' }))}
      >
        {isShown ? bar.screenOff : bar.screen}
      </Button>
      <Button onClick={onMessage}>{bar.message}</Button>
      <Button aria-pressed={paused} onClick={() => set({ paused: !paused })}>
        {paused ? bar.resume : bar.pause}
      </Button>
      <LessonChoice
        label={bar.lesson}
        none={bar.noLesson}
        lessons={lessons}
        value={lesson ?? ''}
        onChange={(next) => set({ lesson: next })}
      />
      <Button look="primary" isDisabled={!next} onClick={() => next && set({ lesson: next.id })}>
        {bar.next}
      </Button>
      <Button aria-expanded={isMore} onClick={() => setMore(!isMore)}>
        {bar.more}
      </Button>
      {isMore ? (
        <div className={styles.more}>
          <CheckBox label={bar.pace} isChecked={pace !== undefined} onChange={(isPaced) => set({ isPaced })} />
          <Button onClick={() => onHiding(!isHiding)}>{isHiding ? bar.showNames : bar.hideNames}</Button>
          <Button onClick={onLeave}>{bar.leave}</Button>
          {isInstructor ? (
            <>
              <ExportProgress classRoom={classRoom} lessons={lessons} />
              <SureButton
                text={teach.delete.open}
                sure={teach.delete.sure}
                onSure={() => void classRoom.attempt(() => client.ask('delete', {}))}
              />
            </>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
