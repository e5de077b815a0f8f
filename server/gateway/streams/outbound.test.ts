import { expect, test } from 'vitest';
import { FRAME_COST_MIN, WINDOW_BYTES } from '../../../protocol/credit.ts';
import { FrameType } from '../../../protocol/frame.ts';
import { Outbound } from './outbound.ts';

test('short frames weigh more than their bytes, and all that was pushed is taken off again', () => {
  const outbound = new Outbound();
  outbound.push(FrameType.DATA, new Uint8Array(9), 1);
  outbound.push(FrameType.DATA, new Uint8Array(1_008), 1_000);
  expect([outbound.bytes, outbound.weight, outbound.length]).toEqual([1_001, FRAME_COST_MIN + 1_008, 2]);
  outbound.shift();
  expect([outbound.bytes, outbound.weight, outbound.length]).toEqual([1_000, 1_008, 1]);
  outbound.shift();
  expect([outbound.bytes, outbound.weight, outbound.length]).toEqual([0, 0, 0]);
  expect(outbound.credit.available).toBe(WINDOW_BYTES - 1_001);
});

test('how it ended waits for no credit, but for its turn', () => {
  const outbound = new Outbound();
  outbound.push(FrameType.DATA, new Uint8Array(9), WINDOW_BYTES + 1);
  outbound.push(FrameType.FIN, new Uint8Array(8), 0);
  expect(outbound.peek()).toBeUndefined();
  outbound.credit.grant(1);
  outbound.shift();
  expect(outbound.peek()?.type).toBe(FrameType.FIN);
});
