import { describe, expect, test } from 'vitest';
import { FrameType } from '../../protocol/frame.ts';
import { OPEN, openRoom, RoomPage } from './testing/room-page.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const snapshot = (page: RoomPage, text: string): void => page.room.sendMirror('snapshot', bytes(text));
const delta = (page: RoomPage, text: string): void => page.room.sendMirror('delta', bytes(text));
const shown = (page: RoomPage): string[] => page.mirrored.map(({ kind, text }) => `${kind} ${text}`);
const asks = (page: RoomPage): boolean[] =>
  page.told.flatMap((message) => (message.say === 'mirror' ? [message.on] : []));

describe('watching', () => {
  test('begins with the past and goes on live; the learner is told, and may end it by leaving (B9, B22)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    const answer = await teacher.ask('watch', { seat: 1 });
    const mirror = answer.say === 'watching' ? answer.mirror : 0;
    await expect.poll(() => asks(ada)).toEqual([true]);
    await expect.poll(() => ada.model.own?.isWatched).toBe(true);
    snapshot(ada, 'past'.repeat(40_000)); // in several pieces
    delta(ada, 'one');
    delta(ada, 'two');
    await expect.poll(() => teacher.mirrored.length).toBe(3);
    expect(teacher.mirrored[0]?.text).toHaveLength(160_000);
    expect(shown(teacher).slice(1)).toEqual(['delta one', 'delta two']);
    expect(teacher.mirrored[2]?.mirror).toBe(mirror);
    await teacher.ask('watch', {});
    await expect.poll(() => asks(ada)).toEqual([true, false]);
    await expect.poll(() => ada.model.own?.isWatched).toBe(false);
    await teacher.ask('watch', { seat: 1 });
    await ada.room.leave();
    await expect.poll(() => teacher.last('unwatched')?.say).toBe('unwatched');
  });

  test('by many costs the learner one upload; who comes later has the past too', async () => {
    const { teacher, keys, learn, url } = await openRoom();
    const ada = await learn();
    await teacher.ask('watch', { seat: 1 });
    await expect.poll(() => asks(ada)).toEqual([true]);
    snapshot(ada, 'past');
    delta(ada, 'one');
    await expect.poll(() => shown(teacher)).toEqual(['snapshot past', 'delta one']);
    for (let count = 0; count < 3; count += 1) {
      const other = await RoomPage.enter(url);
      await other.room.comeBack({ room: teacher.model.room ?? '', key: keys.key });
      await other.ask('watch', { seat: 1 });
      await expect.poll(() => shown(other)).toEqual(['snapshot past', 'delta one']);
    }
    expect(asks(ada)).toEqual([true]);
  });

  test('goes on when the learner reloads, from a new past on', async () => {
    const { teacher, learn, url } = await openRoom();
    const ada = await learn();
    const { back } = ada;
    await teacher.ask('watch', { seat: 1 });
    await expect.poll(() => asks(ada)).toEqual([true]);
    const again = await RoomPage.enter(url);
    if (back) await again.room.comeBack(back);
    await expect.poll(() => asks(again)).toEqual([true]);
    snapshot(again, 'new');
    await expect.poll(() => shown(teacher)).toEqual(['snapshot new']);
  });

  test('is off where the room says so, and of a seat where nobody is', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    await teacher.ask('watch', { seat: 1 });
    await teacher.ask('policy', { policy: { ...OPEN, watch: false } });
    await expect.poll(() => asks(ada)).toEqual([true, false]);
    expect(await teacher.refusal(teacher.ask('watch', { seat: 1 }))).toBe('KEY_INVALID');
    await teacher.ask('policy', { policy: OPEN });
    ada.leave();
    await expect.poll(() => teacher.refusal(teacher.ask('watch', { seat: 1 }))).toBe('SEAT_UNKNOWN');
  });

  test.each<[string, (page: RoomPage) => void]>([
    ['what cannot be read', (page) => page.client.tell(FrameType.MIRROR_UP, Uint8Array.of(1, 2, 3))],
    ['more than a page may send', (page) => snapshot(page, 'x'.repeat(450_000))],
    ['too many parts', (page) => Array.from({ length: 40 }, (_, index) => delta(page, `${index}`))],
  ])('ends with %s; the learner’s sockets go on', async (_, attack) => {
    const { teacher, learn, echo } = await openRoom();
    const ada = await learn();
    await teacher.ask('watch', { seat: 1 });
    await expect.poll(() => asks(ada)).toEqual([true]);
    attack(ada);
    await expect.poll(() => teacher.last('unwatched')?.say).toBe('unwatched');
    await ada.connect(echo);
    expect(ada.model.role).toBe('learner');
  });

  test('nobody is shown what nobody asked for', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    snapshot(ada, 'look at me');
    await ada.ask('agree', { spotlight: true });
    await teacher.ask('watch', { seat: 1 });
    await expect.poll(() => asks(ada)).toEqual([true]);
    delta(ada, 'without a snapshot');
    snapshot(ada, 'asked for');
    await expect.poll(() => shown(teacher)).toEqual(['snapshot asked for']);
  });
});

describe('a page that all see', () => {
  test('is a learner’s, whose name stands there only if that one agreed; ends for all at once (B10)', async () => {
    const { teacher, learn } = await openRoom({ spotlight: 'ask' });
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    await teacher.ask('spotlight', { source: 1 });
    await expect.poll(() => bob.model.now.spotlight).toMatchObject({ isInstructor: false });
    expect(bob.model.now.spotlight?.name).toBeUndefined();
    await expect.poll(() => ada.last('mirror')).toMatchObject({ on: true, isSpotlight: true });
    snapshot(ada, 'mine');
    await expect
      .poll(() => [shown(bob), shown(teacher), shown(ada)])
      .toEqual([['snapshot mine'], ['snapshot mine'], []]);
    const late = await learn('Cem');
    await expect.poll(() => shown(late)).toEqual(['snapshot mine']);
    // At once: also while all see it, and as soon as it is taken back.
    await ada.room.agree(true);
    expect(ada.model.own?.agrees).toBe(true);
    await expect.poll(() => bob.model.now.spotlight?.name).toBe('Ada');
    await ada.room.agree(false);
    await expect.poll(() => bob.model.now.spotlight).toEqual(expect.not.objectContaining({ name: 'Ada' }));
    await ada.room.agree(true);
    await teacher.ask('spotlight', {});
    await expect.poll(() => bob.model.now.spotlight).toBeUndefined();
    await expect.poll(() => ada.last('mirror')?.on).toBe(false);
    await teacher.ask('spotlight', { source: 1 });
    await expect.poll(() => bob.model.now.spotlight?.name).toBe('Ada');
  });

  test('is the instructor’s own; it goes with the instructor (B10)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    await teacher.ask('spotlight', { source: 'mine' });
    await expect.poll(() => asks(teacher)).toEqual([true]);
    snapshot(teacher, 'slides');
    await expect.poll(() => shown(ada)).toEqual(['snapshot slides']);
    expect(ada.model.now.spotlight).toMatchObject({ isInstructor: true });
    expect(await ada.refusal(ada.say('spotlight', { source: 'mine' }))).toBe('KEY_INVALID');
    teacher.leave();
    await expect.poll(() => ada.model.now.spotlight).toBeUndefined();
  });
});
