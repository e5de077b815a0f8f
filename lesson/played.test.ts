import { describe, expect, test } from 'vitest';
import { Judge } from './judge/judge.ts';
import { parsePack } from './pack/pack.ts';
import type { Lesson } from './schema/schema.ts';
import { FakeFacts, type FakeSocket } from './testing/fake-facts.ts';
import { LESSONS_FOLDER, readPackFolder } from './testing/pack-folder.ts';
import { CONNECTION } from './testing/played/connection.ts';
import { OTHERS } from './testing/played/others.ts';
import type { Play, PlayedLesson } from './testing/played/played.ts';
import { SERVER } from './testing/played/server.ts';
import { STREAM } from './testing/played/stream.ts';

const PLAYED: Readonly<Record<string, PlayedLesson>> = { ...CONNECTION, ...SERVER, ...STREAM, ...OTHERS };
const { lessons } = parsePack(readPackFolder(LESSONS_FOLDER));
/** Frames of half a second, until the longest wait of a check is over; the first hint by time comes later. */
const FRAMES = 13;

class Attempt {
  readonly facts = new FakeFacts();
  readonly judge: Judge;
  readonly #sockets: Record<string, FakeSocket> = {};

  constructor(lesson: Lesson) {
    this.judge = new Judge(lesson, this.facts);
  }
  /** Returns whether it meets the step. */
  play(play: Play): boolean {
    play(this.facts, this.#sockets);
    for (let frame = 0; frame < FRAMES; frame += 1) {
      if (this.judge.update()) return true;
      this.facts.wait(500);
    }
    return false;
  }
  playUpTo(lesson: Lesson, index: number): void {
    for (const { id } of lesson.steps.slice(0, index)) {
      const step = PLAYED[lesson.id]?.[id];
      expect(step && this.play(step.met), id).toBe(true);
    }
  }
}

describe.each(lessons.map(({ lesson }) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  test('is met step by step by what its solution gives, and by nothing of the steps before', () => {
    const attempt = new Attempt(lesson);
    lesson.steps.forEach((step, index) => {
      expect(attempt.judge.update(), `${step.id} before its solution`).toBe(false);
      expect(attempt.play(PLAYED[id]?.[step.id]?.met as Play), step.id).toBe(true);
      expect(attempt.judge.met.length).toBe(index + 1);
      expect(attempt.judge.met.at(-1)?.evidence.length, step.id).toBeGreaterThan(0);
    });
    expect(attempt.judge.current).toBeUndefined();
  });

  const paths = lesson.steps.flatMap(({ id: step, hints }, index) =>
    hints.filter(({ when }) => when).map((hint) => [step, hint.id, index] as const),
  );
  test.each(paths)('%s: what goes wrong meets nothing and raises %s', (step, hint, index) => {
    const attempt = new Attempt(lesson);
    attempt.playUpTo(lesson, index);
    expect(attempt.play(PLAYED[id]?.[step]?.wrong[hint] as Play)).toBe(false);
    expect(attempt.judge.hints.map((raised) => raised.id)).toEqual([hint]);
  });
});
