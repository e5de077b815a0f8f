import { expect, test } from 'vitest';
import { isOpen, type Pace } from './pace.ts';
import type { PackLesson } from './pack.ts';

const LESSONS = ['endpoint', 'stream', 'queue'].map((id) => ({
  lesson: { id, steps: ['one', 'two', 'three'].map((step) => ({ id: step })) },
})) as unknown as readonly PackLesson[];
const stream: Pace = { from: { lesson: 'stream' }, to: { lesson: 'stream' } };
const upToTwo: Pace = { from: { lesson: 'endpoint', step: 'two' }, to: { lesson: 'stream', step: 'two' } };

test.each<[string, Pace | undefined, string, string | undefined, boolean]>([
  ['without a pace all is open', undefined, 'queue', 'three', true],
  ['the lesson itself', stream, 'stream', undefined, true],
  ['every step of it', stream, 'stream', 'three', true],
  ['one before it', stream, 'endpoint', undefined, false],
  ['one after it', stream, 'queue', undefined, false],
  ['the last lesson is open as far as its step', upToTwo, 'stream', 'two', true],
  ['and no further', upToTwo, 'stream', 'three', false],
  ['the lesson as such is', upToTwo, 'stream', undefined, true],
  ['the first one begins at its step', upToTwo, 'endpoint', 'one', false],
  ['and goes on to its end', upToTwo, 'endpoint', 'three', true],
  ['a lesson of another pack', stream, 'mine', undefined, true],
  ['a pace of another pack', { from: { lesson: 'mine' }, to: { lesson: 'mine' } }, 'queue', undefined, true],
])('%s', (_, pace, lesson, step, expected) => {
  expect(isOpen(LESSONS, pace, { lesson, ...(step !== undefined && { step }) })).toBe(expected);
});
