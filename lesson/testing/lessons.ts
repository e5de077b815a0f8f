import type { Check } from '../schema/check-schema.ts';
import type { Lesson, Step } from '../schema/schema.ts';

export const LATE = { id: 'late', after: 600 };

/** A lesson of steps with these checks. */
export function lessonOf(...checks: Check[]): Lesson {
  return {
    format: 1,
    id: 'tried',
    minutes: 1,
    needs: [],
    start: { page: 'play' },
    predict: { id: 'predict', number: true },
    steps: checks.map((check, index) => stepOf({ id: `step-${index + 1}`, check })),
  };
}
export function stepOf(fields: Partial<Step>): Step {
  return { id: 'step', rev: 1, check: { none: { call: 'send' } }, hints: [LATE], solution: [], ...fields };
}
