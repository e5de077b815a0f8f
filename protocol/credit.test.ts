import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DATA_COST_MAX, ReceiveWindow, SendCredit, WINDOW_BYTES } from './credit.ts';
import { DATA_BYTES_MAX, MESSAGE_BYTES_MAX, PAYLOAD_BYTES_MAX } from './frame.ts';
import { encodeReceived } from './payloads.ts';
import { RING_BYTES, UNACKNOWLEDGED_BYTES } from './reliable/reliable.ts';
import { failureOf } from './testing/failures.ts';
import { numbersIn, tableRows } from './testing/specification.ts';

const QUARTER = WINDOW_BYTES / 4;

test('the limits are those of docs/protocol.md', () => {
  const limitOf = (limit: string): number[] =>
    numbersIn(tableRows('limit').find(([name]) => name === limit)?.[1] ?? '');
  expect(limitOf('WebSocket message')[0]).toBe(MESSAGE_BYTES_MAX);
  expect(limitOf('DATA ↑, ↓')).toEqual([DATA_BYTES_MAX, DATA_COST_MAX]);
  expect(limitOf('window of a stream')).toEqual([WINDOW_BYTES]);
  expect(limitOf('unacknowledged, ring')).toEqual([UNACKNOWLEDGED_BYTES, RING_BYTES]);
});
test('the largest DATA, with its time, fits a frame', () => {
  expect(encodeReceived(0, new Uint8Array(DATA_COST_MAX)).length).toBeLessThanOrEqual(PAYLOAD_BYTES_MAX);
});

describe('SendCredit', () => {
  test('starts with a window, is spent and granted', () => {
    const credit = new SendCredit();
    expect(credit.available).toBe(WINDOW_BYTES);
    credit.spend(WINDOW_BYTES);
    expect(credit.available).toBe(0);
    credit.grant(QUARTER);
    expect(credit.available).toBe(QUARTER);
  });
});

describe('ReceiveWindow', () => {
  test('takes exactly a window unread, and not a byte more', () => {
    const window = new ReceiveWindow();
    window.receive(WINDOW_BYTES - 1);
    window.receive(1);
    window.receive(0);
    expect(failureOf(() => window.receive(1)).code).toBe('CREDIT_OVERDRAFT');
  });
  test('an overdraft counts nothing: the rest of the window still stands', () => {
    const window = new ReceiveWindow(100);
    expect(failureOf(() => window.receive(101)).code).toBe('CREDIT_OVERDRAFT');
    window.receive(100);
  });
  test('no more is read than was received', () => {
    const window = new ReceiveWindow(100);
    expect(failureOf(() => window.consume(1)).code).toBe('CREDIT_OVERDRAFT');
    window.receive(40);
    expect([window.consume(10), window.consume(30)]).toEqual([0, 40]);
    expect(failureOf(() => window.consume(1)).code).toBe('CREDIT_OVERDRAFT');
  });
  test('grants back in lumps of a quarter window or more', () => {
    const window = new ReceiveWindow();
    window.receive(WINDOW_BYTES);
    expect(window.consume(QUARTER - 1)).toBe(0);
    expect(window.consume(1)).toBe(QUARTER);
    expect(window.consume(QUARTER + 5)).toBe(QUARTER + 5);
    expect(window.consume(0)).toBe(0);
  });
});

test('both ends always agree, nothing is granted twice, and the window is never overrun', () => {
  const step = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: WINDOW_BYTES }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const credit = new SendCredit();
      const window = new ReceiveWindow();
      let unread = 0;
      for (const [isSend, amount] of steps) {
        if (isSend) {
          const count = Math.min(amount, credit.available);
          credit.spend(count);
          window.receive(count);
          unread += count;
        } else {
          const count = Math.min(amount, unread);
          unread -= count;
          credit.grant(window.consume(count));
        }
        expect(credit.available + unread).toBeLessThanOrEqual(WINDOW_BYTES);
        expect(credit.available + unread).toBeGreaterThan(WINDOW_BYTES - QUARTER);
      }
    }),
  );
});

test('whatever was read before, the largest frame goes through once all is read', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: DATA_COST_MAX }), { maxLength: 20 }), (frames) => {
      const credit = new SendCredit();
      const window = new ReceiveWindow();
      for (const cost of [...frames, DATA_COST_MAX]) {
        expect(credit.available).toBeGreaterThanOrEqual(cost);
        credit.spend(cost);
        window.receive(cost);
        credit.grant(window.consume(cost));
      }
    }),
  );
  expect(DATA_BYTES_MAX).toBeLessThanOrEqual(DATA_COST_MAX);
});
