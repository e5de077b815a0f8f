import { useState } from 'react';
import type { Pace } from '../../../lesson/pack/pace.ts';
import type { RoomSetting } from '../../../protocol/rooms/records.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { ExportProgress } from './choices/ExportProgress.tsx';
import { LessonChoice } from './choices/LessonChoice.tsx';
import type { LessonTitle } from './choices/lesson-title.ts';
import { OwnLessons } from './choices/OwnLessons.tsx';
import { PaceChoice } from './choices/PaceChoice.tsx';
import { movedTo } from './choices/pace-moves.ts';
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
  readonly onHelperKey: (key: string) => void;
};

/** What an instructor does with the whole class. */
export function ClassToolbar(props: ClassToolbarProps) {
  const { classRoom, lessons, isHiding, onHiding, onJoinLink, onMessage, onLeave, onHelperKey } = props;
  const { teach } = useClassWords();
  const { bar } = teach;
  const [isMore, setMore] = useState(false);
  const { model, client } = classRoom;
  const { lesson, pace, paused } = model.now;
  const index = lessons.findIndex(({ id }) => id === lesson);
  const next = lessons[index + 1];
  const isShown = model.now.spotlight?.isInstructor === true;
  const isInstructor = model.role === 'instructor';

  function set(change: Partial<RoomSetting>): void {
    const { pack: _, spotlight: __, ...before } = model.now;
    void classRoom.attempt(() => client.ask('now', { now: { ...before, ...change } }));
  }
  /** Another lesson for all. Where the class is kept together it is open from now on, and those before it stay so. */
  function setLesson(to: string): void {
    const { pack: _, spotlight: __, lesson: ___, pace: ____, ...before } = model.now;
    const now: RoomSetting = {
      ...before,
      ...(to !== '' && { lesson: to }),
      ...(to !== '' && pace && { pace: movedTo(pace, to, lessons) }),
    };
    void classRoom.attempt(() => client.ask('now', { now }));
  }
  function setPace(next: Pace | undefined): void {
    const { pack: _, spotlight: __, pace: ___, ...before } = model.now;
    void classRoom.attempt(() => client.ask('now', { now: { ...before, ...(next && { pace: next }) } }));
  }
  async function newHelperKey(): Promise<void> {
    const answer = await client.ask('helper', {});
    if (answer.say === 'helperKey') onHelperKey(answer.key);
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
        onChange={setLesson}
      />
      <Button look="primary" isDisabled={!next} onClick={() => next && setLesson(next.id)}>
        {bar.next}
      </Button>
      <Button aria-expanded={isMore} onClick={() => setMore(!isMore)}>
        {bar.more}
      </Button>
      {isMore ? (
        <div className={styles.more}>
          <PaceChoice pace={pace} lesson={lesson} lessons={lessons} onPace={setPace} />
          <OwnLessons classRoom={classRoom} />
          <Button onClick={() => onHiding(!isHiding)}>{isHiding ? bar.showNames : bar.hideNames}</Button>
          <Button onClick={onLeave}>{bar.leave}</Button>
          {isInstructor ? (
            <>
              <Button onClick={() => void classRoom.attempt(newHelperKey)}>{bar.helperKey}</Button>
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
