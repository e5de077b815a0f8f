import { describe, expect, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { SeatFlag } from '../../../protocol/rooms/grid.ts';
import { Presence } from './presence.ts';
import { StepTimes } from './step-times.ts';
import { medianOf, type StepFacts, stuckOf } from './stuck.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const facts = (values: Partial<StepFacts> = {}): StepFacts => ({
  ...{ counts: new Map(), since: 0, activeAt: 0, hintsUsedAt: undefined, waits: undefined },
  ...values,
});

describe('somebody is stuck', () => {
  test.each<[string, Partial<StepFacts>, number | undefined, number, number | undefined]>([
    ['the same error twice', { counts: new Map([['ECONNREFUSED', 2]]) }, undefined, 0, undefined],
    ['three times', { counts: new Map([['ECONNREFUSED', 3]]) }, undefined, 0, SeatFlag.sameError],
    [
      'three errors once each',
      {
        counts: new Map([
          ['a', 1],
          ['b', 1],
          ['c', 1],
        ]),
      },
      undefined,
      0,
      undefined,
    ],
    ['all hints used a minute ago', { hintsUsedAt: 0 }, undefined, MINUTE, SeatFlag.hintsUsed],
    ['a moment less', { hintsUsedAt: 1 }, undefined, MINUTE, undefined],
    ['four minutes on the step, and active', { activeAt: 4 * MINUTE }, undefined, 4 * MINUTE + 1, SeatFlag.long],
    ['just four minutes', { activeAt: 4 * MINUTE }, undefined, 4 * MINUTE, undefined],
    ['where others take two', { activeAt: 4 * MINUTE }, 2 * MINUTE, 4 * MINUTE + 1, undefined],
    ['three times as long as others', { activeAt: 6 * MINUTE }, 2 * MINUTE, 6 * MINUTE + 1, SeatFlag.long],
    ['long, and not active', { activeAt: 3 * MINUTE }, undefined, 4 * MINUTE + 1, undefined],
    ['blocked for a minute', { waits: { call: 'accept', since: 0 } }, undefined, MINUTE, SeatFlag.waits],
    ['blocked a moment less', { waits: { call: 'accept', since: 1 } }, undefined, MINUTE, undefined],
  ])('%s', (_, values, median, now, flag) => {
    expect(stuckOf(facts(values), median, now)?.flag).toBe(flag);
  });
  test('for the first reason that holds, which says what it is', () => {
    const all = { counts: new Map([['NameError', 3]]), hintsUsedAt: 0, waits: { call: 'recv', since: 0 } };
    expect(stuckOf(facts(all), undefined, MINUTE)).toEqual({ flag: SeatFlag.sameError, why: 'NameError' });
    expect(stuckOf(facts({ waits: all.waits }), undefined, MINUTE)).toEqual({ flag: SeatFlag.waits, why: 'recv' });
  });
});

test('the middle one of how long people took, of the last so many', () => {
  expect([medianOf([]), medianOf([5]), medianOf([9, 1, 5]), medianOf([1, 2])]).toEqual([undefined, 5, 5, 2]);
  const times = new StepTimes();
  expect(times.median('stream', 'cut')).toBeUndefined();
  for (let count = 0; count < 64; count += 1) times.add('stream', 'cut', 1_000);
  for (let count = 0; count < 64; count += 1) times.add('stream', 'cut', 3_000);
  expect([times.median('stream', 'cut'), times.median('stream', 'send')]).toEqual([3_000, undefined]);
});

describe('what a seat is doing', () => {
  const at = { lesson: 'stream', step: 'cut', number: 1, of: 7 };
  function open() {
    const presence = new Presence(0);
    const look = (now: number, mark = 0): number => {
      presence.look(mark, 0, undefined, now);
      return presence.flags;
    };
    return { presence, look };
  }
  test('a flag is raised once a minute at the most, and goes at once when the step is done', () => {
    const { presence, look } = open();
    for (let times = 0; times < 3; times += 1) presence.report({ ...at, hint: 'too-early' }, 0);
    expect(look(0)).toBe(SeatFlag.sameError);
    presence.meet();
    expect(look(SECOND)).toBe(0);
    presence.report({ ...at, step: 'next' }, 2 * SECOND);
    for (let times = 0; times < 3; times += 1) presence.report({ ...at, step: 'next', error: 'NameError' }, 2 * SECOND);
    expect(look(59 * SECOND)).toBe(0);
    expect(look(MINUTE)).toBe(SeatFlag.sameError);
    expect(presence.why).toBe('NameError');
  });
  test('what is silenced is so for that step alone', () => {
    const { presence, look } = open();
    const wrong = (step: string, now: number): void => {
      for (let times = 0; times < 3; times += 1) presence.report({ ...at, step, hint: 'too-early' }, now);
    };
    wrong('cut', 0);
    look(0);
    presence.quiet();
    wrong('cut', SECOND);
    expect(look(2 * MINUTE)).toBe(0);
    wrong('next', 2 * MINUTE);
    expect(look(2 * MINUTE)).toBe(SeatFlag.sameError);
  });
  test('away is who has done nothing for three minutes, on sockets or on the page', () => {
    const { presence, look } = open();
    expect(look(3 * MINUTE - 1)).toBe(0);
    expect(look(3 * MINUTE)).toBe(SeatFlag.away);
    expect(look(4 * MINUTE, (1 << 8) | FrameType.DATA)).toBe(0);
    expect(presence.text).toBe('send');
    expect(look(7 * MINUTE, (1 << 8) | FrameType.DATA)).toBe(SeatFlag.away);
    presence.report(at, 8 * MINUTE);
    expect(look(8 * MINUTE)).toBe(0);
  });
  test('the last call is told until an error, and the error until the next call', () => {
    const { presence, look } = open();
    presence.opens('connect', 1);
    expect(presence.text).toBe('connect');
    presence.fail('connect', 'ECONNREFUSED', 1);
    look(0, 1);
    expect(presence.text).toBe('connect ECONNREFUSED');
    look(0, (2 << 8) | FrameType.FIN);
    expect(presence.text).toBe('shutdown');
  });
  test('the time on a tile is when its flags began; without one, the step', () => {
    const { presence, look } = open();
    presence.report(at, 10 * SECOND);
    look(20 * SECOND);
    expect(presence.tileSince).toBe(10 * SECOND);
    look(10 * SECOND + 3 * MINUTE);
    look(10 * SECOND + 4 * MINUTE);
    expect(presence.tileSince).toBe(10 * SECOND + 3 * MINUTE);
  });
});
