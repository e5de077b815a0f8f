import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closedObject } from '../protocol/schema/closed-object.ts';
import { fits } from '../protocol/schema/fits.ts';
import { Slug } from './schema/pattern-schema.ts';
import type { Lesson } from './schema/schema.ts';
import { recordOf } from './schema/schema-parts.ts';

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** ms since 1970. */
const Moment = Type.Integer({ minimum: 0, maximum: 9_000_000_000_000 });

const StepProgress = closedObject({
  rev: Type.Integer({ minimum: 1, maximum: 1_000 }),
  at: Moment,
  hints: Count,
  shown: Type.Boolean(),
  tries: Count,
});
export type StepProgress = Static<typeof StepProgress>;
/** Of which the first counts: what somebody said before it was seen. */
const Prediction = closedObject({ choice: Slug, at: Moment });
const LessonProgress = closedObject({
  steps: recordOf(StepProgress),
  predicted: Type.Optional(Prediction),
  at: Moment,
});
export type LessonProgress = Static<typeof LessonProgress>;
/** What a browser keeps of all lessons. It is what the page says of itself: not for marks. */
export const Progress = closedObject({
  version: Type.Literal(1),
  packs: recordOf(recordOf(LessonProgress)),
});
export type Progress = Static<typeof Progress>;

/** @internal */
export const NO_PROGRESS: Progress = { version: 1, packs: {} };

/** What was stored or came from a file; nothing at all where it is not such. */
export function parseProgress(value: unknown): Progress {
  return fits(Progress, value) ? (value as Progress) : NO_PROGRESS;
}

/**
 * Both together, in whatever order: what is done in one of them is done, and the earlier time holds. A step of a later `rev`
 * goes before one of an earlier.
 */
export function mergeProgress(one: Progress, other: Progress): Progress {
  return { version: 1, packs: merged(one.packs, other.packs, (a, b) => merged(a, b, mergeLessons)) };
}

/** The steps that are done as they are now: a step whose check has changed its meaning since is not. */
export function doneSteps(lesson: Lesson, progress: LessonProgress | undefined): ReadonlySet<string> {
  const done = lesson.steps.filter(({ id, rev }) => ownOf(progress?.steps, id)?.rev === rev);
  return new Set(done.map(({ id }) => id));
}

/** Adds a step that is done; one that is done already stays as it is. */
export function withStep(
  progress: Progress,
  { pack, lesson, step }: { pack: string; lesson: string; step: string },
  done: StepProgress,
): Progress {
  const packs = { [pack]: { [lesson]: { steps: { [step]: done }, at: done.at } } };
  return mergeProgress(progress, { version: 1, packs });
}

function mergeLessons(one: LessonProgress, other: LessonProgress): LessonProgress {
  const predictions = [one.predicted, other.predicted].filter((prediction) => prediction !== undefined);
  // Where both are of one time any will do, as long as it is the same from both sides.
  const [predicted] = predictions.toSorted((a, b) => a.at - b.at || (a.choice < b.choice ? -1 : 1));
  return {
    steps: merged(one.steps, other.steps, mergeSteps),
    ...(predicted && { predicted }),
    at: Math.min(one.at, other.at),
  };
}

function mergeSteps(one: StepProgress, other: StepProgress): StepProgress {
  if (one.rev !== other.rev) return one.rev > other.rev ? one : other;
  return {
    rev: one.rev,
    at: Math.min(one.at, other.at),
    hints: Math.max(one.hints, other.hints),
    // Who did it once without being shown has done it.
    shown: one.shown && other.shown,
    tries: Math.max(one.tries, other.tries),
  };
}

function merged<Item>(
  one: Readonly<Record<string, Item>>,
  other: Readonly<Record<string, Item>>,
  merge: (one: Item, other: Item) => Item,
): Record<string, Item> {
  // Null prototypes do not survive JSON, so names are asked for as own ones: `constructor` is a lesson like any other.
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [a, b] = [ownOf(one, name), ownOf(other, name)];
      return [name, a !== undefined && b !== undefined ? merge(a, b) : ((a ?? b) as Item)];
    }),
  );
}
function ownOf<Item>(record: Readonly<Record<string, Item>> | undefined, name: string): Item | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
