import { useState } from 'react';
import type { Pace } from '../../../lesson/pack/pace.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { usePress } from '../../ui/page/use-press.ts';
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
  const press = usePress();
  const [isMore, setMore] = useState(false);
  const { model, client } = classRoom;
  const { setting } = classRoom.choices;
  const { lesson, pace, paused } = setting;
  const index = lessons.findIndex(({ id }) => id === lesson);
  const next = lessons[index + 1];
  const isShown = model.now.spotlight?.isInstructor === true;
  const isInstructor = model.role === 'instructor';

  /** Another lesson for all. Where the class is kept together it is open from now on, and those before it stay so. */
  function setLesson(to: string): void {
    const { lesson: _, pace: __, ...before } = setting;
    const moved = to !== '' && pace && { pace: movedTo(pace, to, lessons) };
    press(() => classRoom.choices.set({ ...before, ...(to !== '' && { lesson: to }), ...moved }));
  }
  function setPace(next: Pace | undefined): void {
    const { pace: _, ...before } = setting;
    press(() => classRoom.choices.set({ ...before, ...(next && { pace: next }) }));
  }
  async function newHelperKey(): Promise<void> {
    const answer = await client.ask('helper', {});
    if (answer.say === 'helperKey') onHelperKey(answer.key);
  }
  return (
    <>
      <div className={styles.toolbar}>
        <Button onClick={onJoinLink}>{teach.join.open}</Button>
        <Button
          aria-pressed={isShown}
          onClick={() => void classRoom.attempt(() => client.ask('spotlight', isShown ? {} : { source: 'mine' }))}
        >
          {isShown ? bar.screenOff : bar.screen}
        </Button>
        <Button onClick={onMessage}>{bar.message}</Button>
        <Button
          aria-pressed={paused}
          onClick={() => press(() => classRoom.choices.set({ ...setting, paused: !paused }))}
        >
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
      </div>
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
    </>
  );
}
