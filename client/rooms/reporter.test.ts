import { expect, test } from 'vitest';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { type Report, Reporter } from './reporter.ts';

const done = { pack: 'sockets', lesson: 'stream', step: 'cut', rev: 1, tries: 1, hints: 0, shown: false };
const place = (step: string): Report => ({ lesson: 'stream', step, number: 2, of: 7 });

function reporting() {
  const clock = new ManualClock();
  const sent: { readonly at: number; readonly report: Report }[] = [];
  const reporter = new Reporter(clock, async (report) => sent.push({ at: clock.now(), report }));
  reporter.setOpen(true);
  clock.advance(10_000);
  sent.length = 0;
  return { clock, reporter, sent };
}

test('a step that is done and the step that follows it go in one report, at once', () => {
  const { clock, reporter, sent } = reporting();
  reporter.finish(done);
  reporter.moveTo(place('join'));
  clock.advance(100);
  expect(sent.map(({ report }) => report)).toEqual([{ ...place('join'), progress: [done] }]);
});

test('nor is a report sent before the next step has had time to begin', () => {
  const { clock, reporter, sent } = reporting();
  reporter.finish(done);
  clock.advance(49);
  expect(sent).toEqual([]);
  reporter.moveTo(place('join'));
  clock.advance(1);
  expect(sent.map(({ report }) => report)).toEqual([{ ...place('join'), progress: [done] }]);
});

test('who was quiet may report some at once, and then one a second: the server refuses more', async () => {
  const { clock, reporter, sent } = reporting();
  const start = clock.now();
  for (let move = 0; move < 100; move += 1) {
    reporter.moveTo(place(`step-${move}`));
    clock.advance(100);
    await Promise.resolve();
  }
  const times = sent.map(({ at }) => at - start);
  expect(times[0]).toBeLessThanOrEqual(50);
  // Whatever second one looks at, there are no more than the eight that the server takes.
  for (const from of times) expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(5);
  expect(times.length).toBeLessThanOrEqual(14);
  expect(sent.at(-1)?.report.step).toMatch(/^step-9\d$/);
});
