import { expect, test } from 'vitest';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { TerminalPrints } from './terminal-prints.ts';

function terminal() {
  const clock = new ManualClock();
  const written: string[] = [];
  const { print } = new TerminalPrints((line) => written.push(line), clock);
  return { clock, written, print };
}

test('a line that comes alone is written at once, as it is; the next one when the second is over', () => {
  const { clock, written, print } = terminal();
  print('Timestamp echo', "...connected from: ('127.0.0.1', 55378)");
  print('Timestamp echo', 'waiting for connection...');
  expect(written).toEqual(["[Timestamp echo] ...connected from: ('127.0.0.1', 55378)"]);
  clock.advance(1_000);
  expect(written[1]).toBe('[Timestamp echo] waiting for connection...');
});

test('of many it is written how many there were', () => {
  const { clock, written, print } = terminal();
  print('Datagram echo', 'first');
  for (let index = 0; index < 1_412; index += 1) print('Datagram echo', 'more');
  print('Trouble', 'one');
  clock.advance(1_000);
  expect(written).toEqual(['[Datagram echo] first', 'Datagram echo: 1,412 lines, Trouble: 1 line in the last 1 s']);
});

test('ten minutes of prints are a dozen lines or so, and after a quiet while a line is written at once again', () => {
  const { clock, written, print } = terminal();
  for (let second = 0; second < 600; second += 1) {
    for (let index = 0; index < 100; index += 1) print('Datagram echo', `${second}`);
    clock.advance(1_000);
  }
  expect(written.length).toBeLessThan(20);
  expect(written.length).toBeGreaterThan(10);
  const count = written
    .slice(1)
    .reduce((sum, line) => sum + Number(/([\d,]+) lines/.exec(line)?.[1]?.replace(',', '')), 1);
  expect(count).toBeGreaterThan(60_000 - 6_000 - 1); // the last minute's are still held
  clock.advance(200_000);
  print('Trouble', 'back');
  expect(written.at(-1)).toBe('[Trouble] back');
});
