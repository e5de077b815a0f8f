import type { Pace } from '../../../../lesson/pack/pace.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import { CheckBox } from '../../../ui/form/CheckBox.tsx';
import { Select } from '../../../ui/form/Select.tsx';
import { LessonChoice } from './LessonChoice.tsx';
import type { LessonTitle } from './lesson-title.ts';

type PaceChoiceProps = {
  readonly pace: Pace | undefined;
  /** The lesson of the class. */
  readonly lesson: string | undefined;
  readonly lessons: readonly LessonTitle[];
  readonly onPace: (pace: Pace | undefined) => void;
};

/** Which lessons are open: all, one, or some, the last as far as a step. */
export function PaceChoice({ pace, lesson, lessons, onPace }: PaceChoiceProps) {
  const { bar } = useClassWords().teach;
  const [from, to] = [pace?.from.lesson ?? '', pace?.to.lesson ?? ''];
  const isOne = pace !== undefined && from === to;
  const steps = lessons.find(({ id }) => id === to)?.steps ?? [];
  const fromIndex = lessons.findIndex(({ id }) => id === from);

  function begin(next: string): void {
    if (next === '') onPace(undefined);
    else {
      const isBefore = lessons.findIndex(({ id }) => id === next) <= lessons.findIndex(({ id }) => id === to);
      onPace({ from: { lesson: next }, to: pace && isBefore ? pace.to : { lesson: next } });
    }
  }
  return (
    <>
      {lesson === undefined ? null : (
        <CheckBox
          label={bar.pace}
          isChecked={isOne && from === lesson}
          onChange={(isPaced) => onPace(isPaced ? { from: { lesson }, to: { lesson } } : undefined)}
        />
      )}
      <LessonChoice label={bar.from} none={bar.allOpen} lessons={lessons} value={from} onChange={begin} />
      {pace ? (
        <>
          <Select
            label={bar.to}
            isCaptioned
            options={lessons.slice(Math.max(0, fromIndex)).map(({ id, title }) => ({ value: id, label: title }))}
            value={to}
            onChange={(last) => onPace({ from: pace.from, to: { lesson: last } })}
          />
          <Select
            label={bar.upTo}
            isCaptioned
            options={[
              { value: '', label: bar.allSteps },
              ...steps.map(({ id, title }, index) => ({ value: id, label: `${index + 1}: ${title}` })),
            ]}
            value={pace.to.step ?? ''}
            onChange={(step) => onPace({ from: pace.from, to: { lesson: to, ...(step !== '' && { step }) } })}
          />
        </>
      ) : null}
    </>
  );
}
