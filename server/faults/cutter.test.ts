import { expect, test } from 'vitest';
import type { Clock } from '../../protocol/clock.ts';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { DelayLine, type Sink, type Toxic } from './toxic.ts';
import { bandwidth, slicer } from './toxics.ts';

/** How many timers run at once, at the most. */
function countTimers(clock: Clock): { readonly clock: Clock; readonly most: () => number } {
  let [running, most] = [0, 0];
  return {
    most: () => most,
    clock: {
      now: clock.now,
      after: (delay, run) => {
        running += 1;
        most = Math.max(most, running);
        const cancel = clock.after(delay, () => {
          running -= 1;
          run();
        });
        return () => {
          running -= 1;
          cancel();
        };
      },
    },
  };
}
function start(toxic: Toxic) {
  const manual = new ManualClock();
  const { clock, most } = countTimers(manual);
  const out: { readonly at: number; readonly count: number }[] = [];
  let endedAt: number | undefined;
  const sink: Sink = {
    write: ({ length }) => void out.push({ at: manual.now(), count: length }),
    end: () => {
      endedAt = manual.now();
    },
    close: () => undefined,
    reset: () => undefined,
  };
  const stage = toxic(sink, { clock, random: () => 0.5 });
  return { stage, manual, out, most, endedAt: () => endedAt };
}

test.each([
  ['a slicer', slicer(1, 0, 10), 10],
  ['a bandwidth', bandwidth(20), 50],
] as const)('%s has one timer, however many pieces wait', (_name, toxic, interval) => {
  const { stage, manual, out, most, endedAt } = start(toxic);
  stage.write(new Uint8Array(300));
  stage.write(new Uint8Array(300));
  stage.end();
  manual.advance(600 * interval - 1);
  expect(out).toHaveLength(599);
  expect(endedAt()).toBe(undefined);
  manual.advance(1);
  expect(out.map(({ at }) => at)).toEqual(Array.from({ length: 600 }, (_, index) => (index + 1) * interval));
  expect(endedAt()).toBe(600 * interval);
  expect(most()).toBe(1);
});

test('what a bandwidth lets through after a pause is no more than before', () => {
  const { stage, manual, out } = start(bandwidth(20));
  stage.write(new Uint8Array(1));
  manual.advance(1_000);
  stage.write(new Uint8Array(2));
  manual.advance(1_000);
  expect(out.map(({ at }) => at)).toEqual([50, 1_050, 1_100]);
});

test('what is stopped brings out nothing more', () => {
  const { stage, manual, out } = start(slicer(1, 0, 10));
  stage.write(new Uint8Array(5));
  manual.advance(20);
  stage.stop();
  manual.advance(1_000);
  expect(out).toHaveLength(2);
});

test('a delay line has one timer, keeps the order, and can be stopped from what it runs', () => {
  const manual = new ManualClock();
  const { clock, most } = countTimers(manual);
  const line = new DelayLine(clock);
  const done: string[] = [];
  for (const [name, delay] of [
    ['first', 30],
    ['second', 10],
    ['third', 40],
  ] as const)
    line.after(delay, () => {
      done.push(name);
      if (name === 'third') line.stop();
    });
  line.after(40, () => done.push('never'));
  manual.advance(30);
  expect(done).toEqual(['first', 'second']);
  manual.advance(100);
  expect(done).toEqual(['first', 'second', 'third']);
  expect(most()).toBe(1);
});
