import { describe, expect, test } from 'vitest';
import { SeatFlag } from '../../protocol/rooms/grid.ts';
import type { RoomAnswer } from '../../protocol/rooms/messages.ts';
import { OPEN, openRoom, RoomPage } from './testing/room-page.ts';

const step = (name: string, lesson = 'stream') => ({
  ...{ pack: 'sockets', lesson, step: name, rev: 1, tries: 2, hints: 1, shown: false },
});

describe('the instructor sees', () => {
  test('what each does: step, sockets, last error; a hostile page cannot lie about its sockets (B5)', async () => {
    const { teacher, learn, echo } = await openRoom();
    const ada = await learn();
    await ada.ask('report', { lesson: 'stream', step: 'cut', number: 4, of: 7 });
    await ada.connect(echo);
    await expect.poll(() => teacher.model.tiles.get(1)).toMatchObject({ lesson: 'stream', step: 4, of: 7, sockets: 1 });
    await expect.poll(() => teacher.model.tiles.get(1)?.text).toBe('connect');
    ada.client.open({ kind: 'tcp', host: '192.0.2.1', port: 80 }, {});
    await expect.poll(() => teacher.model.tiles.get(1)?.text).toBe('connect TARGET_FORBIDDEN');
    ada.leave();
    await expect.poll(() => teacher.model.tiles.get(1)).toMatchObject({ attached: 0, sockets: 0 });
  });

  test('the same error three times, and why; and that the lesson is done (B6)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    await ada.ask('report', { lesson: 'stream', step: 'cut', number: 1, of: 1 });
    for (let times = 0; times < 3; times += 1) {
      ada.client.open({ kind: 'tcp', host: '192.0.2.1', port: 80 }, {});
    }
    const flags = (): number => teacher.model.tiles.get(1)?.flags ?? 0;
    await expect.poll(() => flags() & SeatFlag.sameError).toBe(SeatFlag.sameError);
    expect(teacher.model.tiles.get(1)?.why).toBe('TARGET_FORBIDDEN');
    await teacher.ask('quiet', { seat: 1 });
    await expect.poll(() => flags() & SeatFlag.sameError).toBe(0);
    await ada.ask('report', { lesson: 'stream', step: 'cut', number: 1, of: 1, progress: [step('cut')] });
    await expect.poll(() => flags() & SeatFlag.done).toBe(SeatFlag.done);
  });

  test('which hints were raised where, until the step is done (B7)', async () => {
    const { teacher, learn } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    const at = { lesson: 'stream', step: 'cut' };
    await ada.ask('report', { ...at, hint: 'too-early' });
    await bob.ask('report', { ...at, hint: 'too-early' });
    await expect.poll(() => teacher.model.wrong).toEqual([{ ...at, hint: 'too-early', seats: [1, 2] }]);
    await ada.ask('report', { ...at, progress: [step('cut')] });
    await expect.poll(() => teacher.model.wrong).toEqual([{ ...at, hint: 'too-early', seats: [2] }]);
  });

  test('who asks for help, in the order of time; learners see their place (B8)', async () => {
    const { teacher, keys, learn, url } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    await ada.ask('report', { lesson: 'stream', step: 'cut' });
    await ada.ask('hand', { up: true, text: 'why?' });
    await bob.ask('hand', { up: true });
    await expect.poll(() => bob.model.own?.place).toBe(2);
    await expect.poll(() => teacher.model.help.map(({ seat }) => seat)).toEqual([1, 2]);
    expect(teacher.model.help[0]).toMatchObject({ text: 'why?', place: { lesson: 'stream', step: 'cut' } });
    await ada.ask('hand', { up: true, text: 'never mind, how?' }); // keeps the place
    const helper = await RoomPage.enter(url);
    await helper.room.comeBack({ room: teacher.model.room ?? '', key: keys.helperKey });
    await expect.poll(() => helper.model.help[0]?.text).toBe('never mind, how?');
    const [first] = helper.model.help;
    await helper.ask('help', { request: first?.request ?? 0, do: 'take' });
    await expect.poll(() => teacher.model.help[0]?.takenBy).toBe('helper');
    await expect.poll(() => ada.model.own).toMatchObject({ place: 1, isTaken: true });
    await teacher.ask('help', { request: first?.request ?? 0, do: 'done' });
    await expect.poll(() => [ada.model.own?.place, bob.model.own?.place]).toEqual([0, 1]);
    await bob.ask('hand', { up: false });
    await expect.poll(() => teacher.model.help).toEqual([]);
    expect(await teacher.refusal(teacher.ask('help', { request: 99, do: 'done' }))).toBe('SEAT_UNKNOWN');
  });

  test('what is on the screen, and every flag that changes beside it (B5)', async () => {
    const { teacher, learn } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    await expect.poll(() => teacher.model.tiles.size).toBe(2);
    await teacher.ask('view', { seats: [1] });
    await bob.ask('report', { lesson: 'stream', step: 'cut', number: 1, of: 7 });
    await ada.ask('report', { lesson: 'stream', step: 'cut', number: 2, of: 7 });
    await expect.poll(() => teacher.model.tiles.get(1)?.step).toBe(2);
    expect(teacher.model.tiles.get(2)?.step).toBe(0);
    await bob.ask('hand', { up: true });
    await expect.poll(() => teacher.model.tiles.get(2)).toMatchObject({ flags: SeatFlag.hand, step: 1 });
  });
});

describe('the instructor', () => {
  test('gives a whole pack, which learners take whole; characters that are cut in two are whole again (B14)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    const text = '𝒜你'.repeat(9_000);
    await teacher.room.givePack({ id: 'my-lessons', version: '1.0.0' }, text);
    await expect.poll(() => ada.model.now.pack?.pieces).toBe(3);
    expect(await ada.room.takePack()).toBe(text);
  });
  test('gives a list of six hundred (B16)', async () => {
    const { teacher, learn } = await openRoom({ names: 'roster' });
    await teacher.room.giveRoster(Array.from({ length: 600 }, (_, index) => ({ name: `Learner ${index}` })));
    await expect.poll(() => teacher.model.roster.length).toBe(600);
    expect((await learn('learner 599')).model.own?.as).toBe('Learner 599');
  });

  test('says something to all, or to some, with a place to go to or bytes to put in (B12)', async () => {
    const { teacher, learn } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    const hint = { kind: 'hint', text: 'Look', link: { lesson: 'stream', step: 'cut' }, bytes: 'a\\n' } as const;
    await teacher.ask('notice', { to: 'all', notice: { kind: 'message', text: 'Five minutes left' } });
    await teacher.ask('notice', { to: [2], notice: hint });
    await expect.poll(() => bob.last('notice')?.notice).toEqual(hint);
    expect(ada.last('notice')?.notice.text).toBe('Five minutes left');
    expect(await ada.refusal(ada.say('notice', { to: 'all', notice: hint }))).toBe('KEY_INVALID');
  });

  test('pauses and paces; who comes in later finds it so (B13, B14)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn('Ada');
    const now = { lesson: 'stream', pace: { from: { lesson: 'hello' }, to: { lesson: 'stream' } }, paused: true };
    await teacher.ask('now', { now });
    await expect.poll(() => ada.model.now).toEqual(now);
    teacher.leave(); // a crash of the instructor’s tab changes nothing
    expect((await learn('Bob')).model.now).toEqual(now);
  });

  test('gives the class a pack of lessons, in pieces (B14)', async () => {
    const { teacher, learn } = await openRoom();
    const ada = await learn();
    const pack = { id: 'my-lessons', version: '1.0.0', pieces: 2 };
    await teacher.ask('pack', { pack });
    expect(await teacher.refusal(teacher.ask('give', { piece: 1, text: 'b' }))).toBe('LESSONS_INVALID');
    await teacher.ask('give', { piece: 0, text: 'a' });
    expect(ada.model.now.pack).toBeUndefined();
    await teacher.ask('give', { piece: 1, text: 'b' });
    await expect.poll(() => ada.model.now.pack).toEqual(pack);
    expect(await ada.ask('piece', { piece: 1 })).toMatchObject({ text: 'b' });
    expect(await ada.refusal(ada.ask('piece', { piece: 2 }))).toBe('LESSONS_INVALID');
    // Of other lessons nothing is kept.
    await ada.ask('report', { progress: [step('cut'), { ...step('cut'), pack: 'my-lessons' }] });
    const steps = await teacher.ask('steps', { seat: 1 });
    expect(steps).toMatchObject({ steps: [{ pack: 'my-lessons' }] });
  });

  test('closes the sockets of a seat, which are told by whom, and no others (B15)', async () => {
    const { server, teacher, learn, echo } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    const resets: string[] = [];
    await ada.connect(echo, (code) => resets.push(`ada ${code}`));
    await ada.connect(echo, (code) => resets.push(`ada ${code}`));
    await bob.connect(echo, (code) => resets.push(`bob ${code}`));
    expect(server.gateway.socketCount).toBe(3);
    await teacher.ask('close', { seats: [1] });
    await expect.poll(() => resets).toEqual(['ada CLOSED_BY_INSTRUCTOR', 'ada CLOSED_BY_INSTRUCTOR']);
    await expect.poll(() => server.gateway.socketCount).toBe(1);
    await ada.connect(echo); // and may go on
  });

  test('removes learners: they are told, their seats are free, and they do not come back (B15)', async () => {
    const { teacher, learn, url } = await openRoom();
    const [ada, bob] = [await learn('Ada'), await learn('Bob')];
    await ada.ask('report', { progress: [step('cut')] });
    const { back } = ada;
    await teacher.ask('remove', { seats: [1, 2] });
    await expect.poll(() => [ada.model.endedBy, bob.model.endedBy]).toEqual(['SEAT_REMOVED', 'SEAT_REMOVED']);
    await expect.poll(() => [...teacher.model.seats.values()].map(({ state }) => state)).toEqual(['removed']);
    const page = await RoomPage.enter(url);
    if (back) expect(await page.refusal(page.room.comeBack(back))).toBe('SEAT_REMOVED');
    expect(await teacher.refusal(teacher.ask('remove', { seats: [99] }))).toBe('SEAT_UNKNOWN');
  });

  test('renames a seat, and makes one of two (B4)', async () => {
    const { teacher, learn, url } = await openRoom();
    const [ada, again] = [await learn('Ada'), await learn('Adda')];
    await ada.ask('report', { progress: [step('send')] });
    await again.ask('report', { progress: [step('cut')] });
    await teacher.ask('rename', { seat: 1, name: ' Ada  L. ' });
    await expect.poll(() => ada.model.own?.as).toBe('Ada L.');
    expect(await teacher.refusal(teacher.ask('rename', { seat: 1, name: 'a\u202eb' }))).toBe('NAME_INVALID');
    await teacher.ask('merge', { from: 2, into: 1 });
    await expect.poll(() => again.model.own).toMatchObject({ seat: 1, as: 'Ada L.' });
    await expect.poll(() => ada.model.endedBy).toBe('SESSION_REPLACED');
    await expect.poll(() => [...teacher.model.seats.keys()]).toEqual([1]);
    expect(await teacher.ask('steps', { seat: 1 })).toMatchObject({ steps: [{ step: 'send' }, { step: 'cut' }] });
    const { back } = again;
    again.leave();
    const page = await RoomPage.enter(url);
    if (back) await page.room.comeBack(back);
    expect(page.model.own).toMatchObject({ seat: 1, as: 'Ada L.' });
  });

  test('takes home what all have done, in parts (B17)', async () => {
    const { teacher, learn } = await openRoom();
    for (const name of ['Ada', 'Bob', 'Cem']) {
      const page = await learn(name);
      for (let part = 0; part < 4; part += 1) {
        const progress = Array.from({ length: 28 }, (_, index) =>
          step(`step-${part}-${index}`, `lesson-of-${name.toLowerCase()}`),
        );
        await page.ask('report', { progress });
      }
    }
    const rows: [string, number][] = [];
    let parts = 0;
    for (let after: number | undefined = 0; after !== undefined; parts += 1) {
      const answer: RoomAnswer = await teacher.ask('export', { after });
      if (answer.say !== 'exported') throw new Error(answer.say);
      rows.push(...answer.seats.map(({ name, steps }) => [name, steps.length] as [string, number]));
      after = answer.next;
    }
    expect(rows).toEqual([
      ['Ada', 112],
      ['Bob', 112],
      ['Cem', 112],
    ]);
    expect(parts).toBeGreaterThan(1);
  });
});

test('a listener is reached from its own room, and from no other (B19)', async () => {
  const { classroom, teacher, learn, url } = await openRoom();
  const [ada, bob] = [await learn('Ada'), await learn('Bob')];
  const other = await RoomPage.enter(url);
  await other.room.create({ key: classroom.key.text, name: 'Other', policy: OPEN });
  const eve = await RoomPage.enter(url);
  await eve.room.join({ code: other.model.code, name: 'Eve' });
  const nobody = await RoomPage.enter(url);
  const port = await new Promise<number>((resolve) => {
    ada.client.open(
      { kind: 'listen', host: '127.0.0.1', port: 0 },
      { onOpened: ({ local }) => resolve(local?.port ?? 0) },
    );
  });
  const outcome = (page: RoomPage): Promise<string> =>
    new Promise((resolve) => {
      const open = { kind: 'tcp', host: '127.0.0.1', port } as const;
      page.client.open(open, { onOpened: () => resolve('open'), onReset: ({ code }) => resolve(code) });
    });
  expect(await outcome(bob)).toBe('open');
  expect(await outcome(ada)).toBe('open');
  expect(await outcome(teacher)).toBe('open');
  expect(await outcome(eve)).toBe('TARGET_FORBIDDEN');
  expect(await outcome(nobody)).toBe('TARGET_FORBIDDEN');
  await bob.room.leave();
  expect(await outcome(bob)).toBe('TARGET_FORBIDDEN');
});

test('where a room is needed, nothing is opened outside of one, and the code is all that is handed out', async () => {
  const { learn, url, echo } = await openRoom({ entry: 'approve' }, { rooms: 'room', token: 'blue whale' });
  const outcome = (page: RoomPage): Promise<string> =>
    new Promise((resolve) => {
      const open = { kind: 'tcp', host: '127.0.0.1', port: echo } as const;
      page.client.open(open, { onOpened: () => resolve('open'), onReset: ({ code }) => resolve(code) });
    });
  expect(await outcome(await RoomPage.enter(url))).toBe('ROOM_NEEDED');
  const ada = await learn();
  expect(await outcome(ada)).toBe('ROOM_NEEDED'); // not let in yet
});
