import { expect, test } from 'vitest';
import { lessonOf } from '../../../lesson/testing/lessons.ts';
import { ProgressStore } from './progress-store.ts';

const LESSON = lessonOf({ answer: ['q', 1] }, { answer: ['q', 2] });
const done = (at: number) => ({ rev: 1, at, hints: 0, shown: false, tries: 1 });
const step = (id: string) => ({ pack: 'p', lesson: LESSON.id, step: id });

/** One storage and the tabs on it: a write of one is told to the others, as the browser does. */
function storage({ isFull = false } = {}) {
  let text: string | undefined;
  const looks = new Map<ProgressStore, () => void>();
  const open = (): ProgressStore => {
    let look = (): void => undefined;
    const store: ProgressStore = new ProgressStore({
      read: () => (text === undefined ? undefined : JSON.parse(text)),
      write: (progress) => {
        if (isFull) return false;
        text = JSON.stringify(progress);
        for (const [other, tell] of looks) if (other !== store) tell();
        return true;
      },
      onWritten: (told) => {
        look = told;
      },
    });
    looks.set(store, look);
    return store;
  };
  return { open };
}
const stepsOf = (store: ProgressStore): string[] => [...store.doneSteps('p', LESSON)];

test('two tabs lose nothing of each other', () => {
  const { open } = storage();
  const [one, other] = [open(), open()];
  one.addStep(step('step-1'), done(5));
  other.addStep(step('step-2'), done(6));
  for (const tab of [one, other, open()]) expect(stepsOf(tab)).toEqual(['step-1', 'step-2']);
});

test('what one tab has forgotten does not come back from the other', () => {
  const { open } = storage();
  const [one, other] = [open(), open()];
  one.addStep(step('step-1'), done(5));
  other.forget();
  expect(stepsOf(one)).toEqual([]);
  one.addStep(step('step-2'), done(6));
  for (const tab of [one, other]) expect(stepsOf(tab)).toEqual(['step-2']);
});

test('where nothing can be stored it lasts as long as the page', () => {
  const store = storage({ isFull: true }).open();
  store.addStep(step('step-1'), done(5));
  store.addStep(step('step-2'), done(6));
  expect(stepsOf(store)).toEqual(['step-1', 'step-2']);
});

test('of predictions the first counts', () => {
  const store = storage().open();
  store.addPrediction({ pack: 'p', lesson: LESSON.id }, 'early', 5);
  store.addPrediction({ pack: 'p', lesson: LESSON.id }, 'late', 6);
  expect(store.of('p', LESSON.id)?.predicted).toEqual({ choice: 'early', at: 5 });
});

test('saved and opened elsewhere: what is done in either is done; another file changes nothing', () => {
  const one = storage().open();
  one.addStep(step('step-1'), done(5));
  const other = storage().open();
  other.addStep(step('step-2'), done(6));
  expect(other.open(one.save())).toBe(true);
  expect(stepsOf(other)).toEqual(['step-1', 'step-2']);
  for (const text of ['', '{}', 'null', '{"version":1,"packs":{"p":3}}']) expect(other.open(text)).toBe(false);
  expect(stepsOf(other)).toEqual(['step-1', 'step-2']);
});

test('a step whose check has changed its meaning is to be done again', () => {
  const store = storage().open();
  store.addStep(step('step-1'), done(5));
  const [first, second] = LESSON.steps;
  const changed = { ...LESSON, steps: [{ ...first, rev: 2 }, second] } as typeof LESSON;
  expect([...store.doneSteps('p', changed)]).toEqual([]);
});
