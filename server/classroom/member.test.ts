import { expect, test } from 'vitest';
import type { PlaygroundError } from '../../protocol/errors.ts';
import { decodeRoomDown } from '../../protocol/rooms/messages.ts';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import type { TabSession } from '../gateway/extension.ts';
import { Member } from './member.ts';

/** A page that reads, or does not. */
function page() {
  const state = { isReading: false, tries: 0, told: [] as number[], endedBy: [] as string[] };
  const session = {
    tell: (_type: number, payload: Uint8Array) => {
      state.tries += 1;
      if (!state.isReading) return false;
      const message = decodeRoomDown(payload);
      if (message.say === 'place') state.told.push(message.place);
      return true;
    },
    dismiss: ({ code }: PlaygroundError) => state.endedBy.push(code),
  } as unknown as TabSession;
  return { member: new Member(session, new ManualClock()), state };
}
const tell = (member: Member, from: number, to: number): void => {
  for (let place = from; place <= to; place += 1) member.tell({ say: 'place', place, isTaken: false });
};

test('a page that does not read for a while is told all of it, in order', () => {
  const { member, state } = page();
  tell(member, 1, 300);
  state.isReading = true;
  tell(member, 301, 301);
  member.flush();
  tell(member, 302, 302);
  expect(state.told).toEqual(Array.from({ length: 302 }, (_, index) => index + 1));
  expect(state.endedBy).toEqual([]);
});

test('a page that does not read at all costs a bounded number of messages, and its session ends', async () => {
  const { member, state } = page();
  tell(member, 1, 10_000);
  await Promise.resolve();
  expect(state.endedBy).toEqual(['ROOM_RATE_EXCEEDED']);
  // To be tried with each of them is what they may not be.
  expect(state.tries).toBeLessThan(10);
  state.isReading = true;
  member.flush();
  expect(state.told).toEqual([]);
});
