import { expect, test } from 'vitest';
import { seatLabel } from '../../web/features/classroom/seats/seat-text.ts';
import { classWords } from '../../web/i18n/en/teach.ts';
import type { SeatRow } from '../../web/store/classroom/seat-rows.ts';
import { SEAT_LABEL } from './seat-label.ts';

function row(name: string, step: number, values: Partial<SeatRow> = {}): SeatRow {
  const tile = { seat: 7, flags: 0, attached: 1, sockets: 1, lesson: 'stream', step, of: 83, since: 0 };
  return {
    ...{ seat: 7, name, state: 'in', joinedAt: 0, isHere: true, stuck: undefined },
    ...{ asksEntry: false, hasHand: false, isAway: false, isDone: false },
    ...values,
    tile: { ...tile, text: 'send', why: 'ECONNREFUSED' },
  };
}
const read = (label: string): unknown => SEAT_LABEL.exec(label)?.slice(1).map(Number);

test.each(['Ada', 'Learner 3', 'Learner 3 2', 'seat 07', 'step 9 of 9', 'Ada, step 9 of 9', 'Ada, away'])(
  'seat and step are read beside the name %s',
  (name) => {
    for (const isHiding of [false, true]) {
      expect(read(seatLabel(classWords.teach, row(name, 3), isHiding))).toEqual([7, 3]);
      expect(read(seatLabel(classWords.teach, row(name, 41, { stuck: 'sameError' }), isHiding))).toEqual([7, 41]);
      expect(read(seatLabel(classWords.teach, row(name, 12, { hasHand: true }), isHiding))).toEqual([7, 12]);
    }
  },
);

test('a seat in no step has none', () => {
  expect(read(seatLabel(classWords.teach, row('Learner 3 2', 0), false))).toBeUndefined();
  expect(read(seatLabel(classWords.teach, row('Learner 3 2', 0, { isAway: true }), true))).toBeUndefined();
});
