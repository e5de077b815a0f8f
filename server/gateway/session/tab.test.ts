import { expect, test } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { Tab } from './tab.ts';
import { Turns } from './turns.ts';

test('a tab pays for the calls of the lab’s programs, in number and in processor time', () => {
  const spent: number[] = [];
  const turns = new Turns();
  turns.spend = (time) => void spent.push(time);
  const tab = new Tab({ ...defaultLimits(1_024), framesPerSecond: 1, framesBurst: 2 }, turns);
  const waits = Array.from({ length: 5 }, () => tab.takePeerCall());
  expect(spent).toEqual(Array(5).fill(0.03));
  expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
  expect(waits[4]).toBeGreaterThan(500); // four at once, two a second
});
