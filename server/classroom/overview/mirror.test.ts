import { expect, test } from 'vitest';
import { decodeFrames } from '../../../protocol/frame.ts';
import { decodeMirror, encodeMirrorUp, type MirrorKind } from '../../../protocol/rooms/mirror-part.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import type { TabSession } from '../../gateway/extension.ts';
import { Member } from '../member.ts';
import { Mirror } from './mirror.ts';

const AGAIN_AFTER = 2_000;

function open() {
  const clock = new ManualClock();
  const page = () => {
    const state = { isReading: true, tries: 0, shown: [] as string[] };
    const session = {
      tell: () => true,
      pass: (frame: Uint8Array<ArrayBuffer>) => {
        state.tries += 1;
        if (!state.isReading) return false;
        for (const { payload } of decodeFrames(frame)) {
          const { kind, bytes } = decodeMirror(payload);
          state.shown.push(`${kind} ${new TextDecoder().decode(bytes)}`);
        }
        return true;
      },
    } as unknown as TabSession;
    return { member: new Member(session, clock), state };
  };
  const [source, reader, stalled] = [page(), page(), page()];
  const mirror = new Mirror(1, source.member, clock);
  let part = 0;
  const take = (kind: MirrorKind, text: string): boolean => {
    part += 1;
    return mirror.take(encodeMirrorUp({ part, kind, piece: 0, of: 1, bytes: new TextEncoder().encode(text) }));
  };
  for (const { member } of [reader, stalled]) mirror.add(member);
  return { clock, mirror, take, reader, stalled };
}

test('a page that does not read costs one try, delays nobody, and is caught up once it asks', () => {
  const { clock, mirror, take, reader, stalled } = open();
  take('snapshot', 'past');
  stalled.state.isReading = false;
  const { tries } = stalled.state;
  for (const text of ['one', 'two', 'three']) {
    expect(take('delta', text)).toBe(true);
    clock.advance(250);
  }
  expect(reader.state.shown).toEqual(['snapshot past', 'delta one', 'delta two', 'delta three']);
  expect(stalled.state.tries).toBe(tries + 1);
  // It has found the gap, and reads again.
  stalled.state.isReading = true;
  mirror.again(stalled.member);
  expect(stalled.state.shown).toEqual(['snapshot past', 'snapshot past', 'delta one', 'delta two', 'delta three']);
  take('delta', 'four');
  expect([reader, stalled].map(({ state }) => state.shown.at(-1))).toEqual(['delta four', 'delta four']);
});

test('who asks again and again is caught up every two seconds', () => {
  const { clock, mirror, take, stalled } = open();
  take('snapshot', 'past');
  for (let times = 0; times < 50; times += 1) mirror.again(stalled.member);
  expect(stalled.state.shown).toEqual(['snapshot past', 'snapshot past']);
  clock.advance(AGAIN_AFTER);
  mirror.again(stalled.member);
  expect(stalled.state.shown).toHaveLength(3);
});
