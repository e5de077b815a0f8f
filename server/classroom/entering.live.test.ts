import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestPlayground } from '../../testing/playground.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { OPEN, openRoom, RoomPage } from './testing/room-page.ts';

describe('a learner', () => {
  test('comes in by the code that is shown, and is told who may see what (B1, B2)', async () => {
    const { teacher, learn } = await openRoom();
    expect(teacher.model).toMatchObject({ role: 'instructor', name: 'Networks' });
    expect(teacher.model.code).toMatch(/^[2-9A-Z]{6}$/);
    const ada = await learn('  Ada ');
    expect(ada.model).toMatchObject({ role: 'learner', name: 'Networks', policy: OPEN, own: { seat: 1, as: 'Ada' } });
    const other = await learn('ADA');
    expect(other.model.own).toMatchObject({ seat: 2, as: 'ADA 2' });
    await expect.poll(() => [...teacher.model.seats.values()].map(({ name }) => name)).toEqual(['Ada', 'ADA 2']);
    await expect.poll(() => teacher.model.tiles.get(2)?.attached).toBe(1);
  });

  test('is told the same of a wrong code, of an old one, and of one of a locked room (B2, B15)', async () => {
    const { teacher, learn, url } = await openRoom();
    await learn();
    const old = teacher.model.code;
    await teacher.ask('code', {});
    await expect.poll(() => teacher.model.code).not.toBe(old);
    const page = await RoomPage.enter(url);
    expect(await page.refusal(page.room.join({ code: old, name: 'Eve' }))).toBe('ROOM_UNKNOWN');
    await teacher.ask('policy', { policy: { ...OPEN, entry: 'locked' } });
    for (const code of [old, teacher.model.code, '222222', '22222222']) {
      expect(await page.refusal(page.room.join({ code, name: 'Eve' })), code).toBe('ROOM_UNKNOWN');
    }
    expect(await page.refusal(page.room.join({ name: 'Eve' }))).toBe('ROOM_UNKNOWN');
  });

  test('keeps seat, progress and raised hand over a reload and from another tab; the old page is told (B3)', async () => {
    const { learn, url } = await openRoom();
    const ada = await learn();
    const step = { pack: 'sockets', lesson: 'stream', step: 'cut', rev: 1, tries: 2, hints: 1, shown: false };
    await ada.ask('report', { lesson: 'stream', step: 'cut', progress: [step] });
    await ada.ask('hand', { up: true, text: 'why?' });
    const { back } = ada;
    if (!back) throw new Error('nothing to come back with');
    ada.leave();
    const again = await RoomPage.enter(url);
    await again.room.comeBack(back);
    expect(again.model.own).toMatchObject({ seat: 1, as: 'Ada', place: 1, progress: [step] });
    expect(again.back).toEqual(back);
    const tab = await RoomPage.enter(url);
    await tab.room.comeBack(back);
    await expect.poll(() => again.model.endedBy).toBe('SESSION_REPLACED');
    expect(again.back).toEqual(back); // the browser still has it, for the other tab
    await expect.poll(() => again.refusal(again.ask('hand', { up: false }))).toBe('KEY_INVALID');
  });

  test('is somebody else: nobody comes back to the seat that was forgotten (B3)', async () => {
    const { learn, url } = await openRoom();
    const ada = await learn();
    const { back } = ada;
    if (!back) throw new Error('nothing to come back with');
    await ada.room.leave(true);
    expect(ada.model.role).toBe('stranger');
    expect(ada.back).toBeUndefined();
    const page = await RoomPage.enter(url);
    expect(await page.refusal(page.room.comeBack(back))).toBe('SEAT_UNKNOWN');
  });

  test('gets the seat on another device by a code that is good once; the first device has it no more (B3)', async () => {
    const { teacher, learn, url } = await openRoom();
    const ada = await learn();
    const answer = await teacher.ask('handover', { seat: 1 });
    const code = answer.say === 'handed' ? answer.code : '';
    const { back } = ada;
    const phone = await RoomPage.enter(url);
    await phone.room.join({ code });
    expect(phone.model.own).toMatchObject({ seat: 1, as: 'Ada' });
    await expect.poll(() => ada.model.endedBy).toBe('SESSION_REPLACED');
    const third = await RoomPage.enter(url);
    expect(await third.refusal(third.room.join({ code }))).toBe('ROOM_UNKNOWN');
    if (back) expect(await third.refusal(third.room.comeBack(back))).toBe('SEAT_UNKNOWN');
  });

  test('has a number for a name, or one of the list of the class, which is taken once (B4, B16)', async () => {
    const generated = await openRoom({ names: 'generated' });
    const seat = await generated.learn('');
    expect(seat.model.own?.as).toBe('seat 01');

    const { teacher, learn, url } = await openRoom({ names: 'roster' });
    await teacher.ask('roster', { first: 0, rows: [{ name: 'Ada Lovelace', pin: '1815' }, { name: '王小明' }] });
    await teacher.ask('roster', { first: 2, rows: [{ name: 'Grace Hopper', extra: { group: 'B' } }] });
    await expect
      .poll(() => teacher.model.roster.map(({ name }) => name))
      .toEqual(['Ada Lovelace', '王小明', 'Grace Hopper']);
    const ming = await learn('王小明');
    expect(ming.model.own?.as).toBe('王小明');
    const page = await RoomPage.enter(url);
    const join = (name: string, pin?: string): Promise<string> =>
      page.refusal(page.room.join({ code: teacher.model.code, name, ...(pin && { pin }) }));
    expect(await join('王小明')).toBe('SEAT_TAKEN');
    await expect.poll(() => teacher.last('alarm')).toMatchObject({ what: 'claim', name: '王小明' });
    expect(await join('Eve')).toBe('NAME_INVALID');
    expect(await join('ada lovelace')).toBe('KEY_INVALID');
    expect(await join('ada  LOVELACE', '1815')).toBe('done');
    expect(page.model.own?.as).toBe('Ada Lovelace');
    expect(JSON.stringify(teacher.told)).not.toContain('1815');
  });

  test('waits to be let in where the instructor approves, and is let in or not (B15)', async () => {
    const { teacher, learn } = await openRoom({ entry: 'approve' });
    const [ada, eve] = [await learn('Ada'), await learn('Eve')];
    expect(ada.model.role).toBe('waiting');
    expect(await ada.refusal(ada.ask('hand', { up: true }))).toBe('KEY_INVALID');
    await expect.poll(() => teacher.model.seats.size).toBe(2);
    await teacher.ask('admit', { seats: [1], yes: true });
    await teacher.ask('admit', { seats: [2], yes: false });
    await expect.poll(() => ada.model.role).toBe('learner');
    await expect.poll(() => eve.model.endedBy).toBe('ROOM_LOCKED');
    expect(await ada.refusal(ada.ask('hand', { up: true }))).toBe('done');
  });

  test('finds a full room full (B15)', async () => {
    const { teacher, learn, url } = await openRoom({ seats: 1 });
    await learn();
    const page = await RoomPage.enter(url);
    expect(await page.refusal(page.room.join({ code: teacher.model.code, name: 'Eve' }))).toBe('ROOM_FULL');
    await teacher.ask('remove', { seats: [1] });
    expect(await page.refusal(page.room.join({ code: teacher.model.code, name: 'Eve' }))).toBe('done');
  });
});

describe('an instructor', () => {
  test('needs the key of the server or of the room; a helper’s may neither export nor delete (B19, B20)', async () => {
    const { teacher, keys, classroom, learn, url } = await openRoom();
    await learn();
    const page = await RoomPage.enter(url);
    const room = teacher.model.room ?? '';
    const wrong = 'f'.repeat(32);
    expect(await page.refusal(page.ask('create', { key: wrong, name: 'x', policy: OPEN }))).toBe('KEY_INVALID');
    expect(await page.refusal(page.ask('list', { key: keys.key }))).toBe('KEY_INVALID');
    expect(await page.refusal(page.room.comeBack({ room, key: wrong }))).toBe('KEY_INVALID');
    expect(await page.refusal(page.room.comeBack({ room: '0'.repeat(16), key: keys.key }))).toBe('KEY_INVALID');
    await page.room.comeBack({ room, key: keys.key });
    await expect.poll(() => [...page.model.seats.values()].map(({ name }) => name)).toEqual(['Ada']);
    await expect.poll(() => page.model.tiles.get(1)?.attached).toBe(1);
    const helper = await RoomPage.enter(url);
    await helper.room.comeBack({ room, key: keys.helperKey });
    expect(helper.model.role).toBe('helper');
    for (const say of ['export', 'delete', 'helper'] as const) {
      expect(await helper.refusal(helper.say(say, say === 'export' ? { after: 0 } : {})), say).toBe('KEY_INVALID');
    }
    const renewed = await page.ask('helper', {});
    await expect.poll(() => helper.model.endedBy).toBe('KEY_INVALID');
    const key = renewed.say === 'helperKey' ? renewed.key : '';
    expect(await helper.refusal(helper.room.comeBack({ room, key: keys.helperKey }))).toBe('KEY_INVALID');
    await helper.room.comeBack({ room, key });
    const listed = await page.ask('list', { key: classroom.key.text });
    expect(listed).toMatchObject({ rooms: [{ room, name: 'Networks', seats: 1, here: 1 }] });
  });

  test('deletes the room: all are told, and nothing of it is left (B23)', async () => {
    const { teacher, classroom, keys, learn, url } = await openRoom();
    const ada = await learn();
    const { back } = ada;
    const room = teacher.model.room ?? '';
    await teacher.ask('delete', {});
    await expect.poll(() => [ada.model.endedBy, teacher.model.endedBy]).toEqual(['ROOM_ENDED', 'ROOM_ENDED']);
    expect(classroom.rooms.size).toBe(0);
    const page = await RoomPage.enter(url);
    if (back) expect(await page.refusal(page.room.comeBack(back))).toBe('ROOM_ENDED');
    expect(await page.refusal(page.room.comeBack({ room, key: keys.key }))).toBe('KEY_INVALID');
  });
});

test.each(['open', 'token', 'room'] as const)(
  'WELCOME says that there are rooms, and who may come in: %s',
  async (rooms) => {
    const server = await startTestPlayground({ rooms });
    onTestFinished(() => server.close());
    const { raw, welcome } = await RawGateway.enter(server.url);
    raw.cut();
    expect(welcome.rooms).toBe(rooms);
  },
);

test('without rooms a ROOM frame is what it was before there were any (B23)', async () => {
  const server = await startTestPlayground({ rooms: undefined });
  onTestFinished(() => server.close());
  expect(server.classroom).toBeUndefined();
  const page = await RoomPage.enter(server.url);
  expect(await page.refusal(page.room.join({ code: '222222', name: 'Ada' }))).toBe('SESSION_GONE');
});
