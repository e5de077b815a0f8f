import { describe, expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../protocol/frame.ts';
import { decodeRoomDown, type RoomDown, type RoomSay, type RoomUp } from '../../protocol/rooms/messages.ts';
import { MAY_SAY, ROOM_ROLES, type RoomRole } from '../../protocol/rooms/roles.ts';
import { ROOM_EXAMPLES } from '../../protocol/testing/specification.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { OPEN, openRoom, RoomPage } from './testing/room-page.ts';

const EXAMPLES = new Map(
  ROOM_EXAMPLES.filter(({ type }) => type === 'ROOM ↑').map(({ text }) => {
    const message = JSON.parse(text) as RoomUp;
    return [message.say, message] as const;
  }),
);

describe('every message by every role', () => {
  async function inRole(role: RoomRole) {
    const opened = await openRoom({ entry: role === 'waiting' ? 'approve' : 'open' });
    const { teacher, keys, learn, url, classroom } = opened;
    if (role === 'learner' || role === 'waiting') return { page: await learn(), classroom };
    const page = await RoomPage.enter(url);
    const key = role === 'helper' ? keys.helperKey : keys.key;
    if (role !== 'stranger') await page.room.comeBack({ room: teacher.model.room ?? '', key });
    return { page, classroom };
  }
  test.each(ROOM_ROLES)('a %s is refused what the table does not give, and changes nothing by it', async (role) => {
    const { page, classroom } = await inRole(role);
    const isRefused = (say: RoomSay): boolean => !MAY_SAY[say].includes(role);
    const refused = [...EXAMPLES.keys()].filter(isRefused);
    const [room] = [...classroom.rooms.all];
    const before = JSON.stringify([room?.stored, [...(room?.seats.values() ?? [])].map(({ stored }) => stored)]);
    for (const say of refused) {
      const { id: _, say: __, ...fields } = EXAMPLES.get(say) as RoomUp;
      expect(await page.refusal(page.say(say, fields)), say).toBe('KEY_INVALID');
    }
    expect(classroom.refusedCount).toBe(refused.length);
    expect(page.model.role).toBe(role);
    expect(JSON.stringify([room?.stored, [...(room?.seats.values() ?? [])].map(({ stored }) => stored)])).toBe(before);
    // And is not refused for its role what the table gives: another reason may stand.
    for (const say of [...EXAMPLES.keys()].filter((each) => !isRefused(each) && EachAlone.has(each))) {
      const { id: _, say: __, ...fields } = EXAMPLES.get(say) as RoomUp;
      await page.refusal(page.say(say, fields));
    }
    expect(classroom.refusedCount).toBe(refused.length);
  });
  /** Those that leave the role as it is. */
  const EachAlone = new Set<RoomSay>([
    'report',
    'hand',
    'agree',
    'now',
    'view',
    'steps',
    'quiet',
    'help',
    'again',
    'rename',
  ]);
});

test('a session that shows no code and no key is in no room, whatever it says of itself', async () => {
  const { url } = await openRoom();
  const { raw } = await RawGateway.enter(url);
  onTestFinished(() => raw.cut());
  raw.send(FrameType.ROOM, 0, encodeUtf8('{"say":"now","id":1,"role":"instructor","now":{"paused":true}}'));
  expect(await raw.goawayCode()).toBe('MESSAGE_INVALID');
});

test('a program is in no room of its own', async () => {
  const { learn, url } = await openRoom();
  const ada = await learn();
  const { ticket = '' } = await ada.client.call({ call: 'ticket' });
  const { raw } = await RawGateway.enter(url, { ticket: { ticket, received: 0 } });
  onTestFinished(() => raw.cut());
  raw.send(FrameType.ROOM, 0, encodeUtf8('{"say":"leave","id":1}'));
  expect(await raw.goawayCode()).toBe('FRAME_INVALID');
});

/** A page says all of them, `together` at once, and gives the answers in their order. */
async function sayAll(url: string, messages: readonly object[], together = 200): Promise<RoomDown[]> {
  const { raw } = await RawGateway.enter(url);
  onTestFinished(() => raw.cut());
  const answers: RoomDown[] = [];
  for (let at = 0; at < messages.length; at += together) {
    const some = messages.slice(at, at + together);
    for (const [index, message] of some.entries()) {
      raw.send(FrameType.ROOM, 0, encodeUtf8(JSON.stringify({ ...message, id: at + index })));
    }
    for (const _ of some) answers.push(decodeRoomDown((await raw.next(FrameType.ROOM)).payload));
    raw.acknowledge();
  }
  return answers;
}
const codeOf = (answer: RoomDown): string => (answer.say === 'refused' ? answer.code : answer.say);

test('ten thousand guesses find no code, and a class at the same address comes in meanwhile', async () => {
  const { teacher, learn, url } = await openRoom();
  const pages = 10;
  // Codes that differ, of the letters and digits that codes are of.
  const guesses = Array.from({ length: 10_000 }, (_, index) => ({
    say: 'join',
    code: String(100_000 + index)
      .replaceAll('0', 'Y')
      .replaceAll('1', 'Z'),
    name: 'Eve',
  })).filter(({ code }) => code !== teacher.model.code);
  const start = performance.now();
  const guessing = Promise.all(
    Array.from({ length: pages }, (_, page) =>
      sayAll(
        url,
        guesses.filter((__, index) => index % pages === page),
        500,
      ),
    ),
  );
  const honest = await learn('Ada');
  expect(honest.model.role).toBe('learner');
  const codes = new Map<string, number>();
  const answers = (await guessing).flat();
  const seconds = (performance.now() - start) / 1_000;
  for (const answer of answers) codes.set(codeOf(answer), (codes.get(codeOf(answer)) ?? 0) + 1);
  expect(answers).toHaveLength(guesses.length);
  expect(new Set(codes.keys())).toEqual(new Set(['ROOM_RATE_EXCEEDED', 'ROOM_UNKNOWN']));
  // Of one address ten, and another one each six seconds, are told that they are wrong.
  expect(codes.get('ROOM_UNKNOWN')).toBeLessThanOrEqual(11 + seconds / 6);
  expect((await learn('Bob')).model.role).toBe('learner');
  expect(teacher.model.role).toBe('instructor');
});

test('six hundred joins at once: so many a second come in, and go in one message', async () => {
  const { teacher, learn, url } = await openRoom({ seats: 600 });
  const ada = await learn();
  const { code } = teacher.model;
  const joins = Array.from({ length: 200 }, (_, index) => ({ say: 'join', code, name: `bot ${index}` }));
  const start = performance.now();
  const answers = (await Promise.all([1, 2, 3].map(() => sayAll(url, joins)))).flat().map(codeOf);
  const seconds = (performance.now() - start) / 1_000;
  expect(new Set(answers)).toEqual(new Set(['joined', 'ROOM_RATE_EXCEEDED']));
  const came = answers.filter((answer) => answer === 'joined').length;
  expect(came).toBeLessThanOrEqual(200 + 60 * seconds);
  await expect.poll(() => teacher.model.seats.size).toBe(came + 1);
  const bots = [...teacher.model.seats.keys()].filter((seat) => seat !== 1);
  await teacher.ask('remove', { seats: bots });
  await expect.poll(() => [...teacher.model.seats.keys()]).toEqual([1]);
  expect(ada.model.role).toBe('learner');
});

test('bots that fill a room are taken out of it in one message, and leave nothing', async () => {
  const { teacher, classroom, learn, url } = await openRoom({ seats: 40 });
  const ada = await learn();
  const bots = await Promise.all(Array.from({ length: 60 }, () => RoomPage.enter(url)));
  const outcomes = await Promise.all(
    bots.map((bot, index) => bot.refusal(bot.room.join({ code: teacher.model.code, name: `bot ${index}` }))),
  );
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(39);
  expect(new Set(outcomes)).toEqual(new Set(['done', 'ROOM_FULL']));
  await expect.poll(() => teacher.model.seats.size).toBe(40);
  const seats = [...teacher.model.seats.values()].filter(({ name }) => name.startsWith('bot')).map(({ seat }) => seat);
  await teacher.ask('remove', { seats });
  await teacher.ask('policy', { policy: { ...OPEN, entry: 'locked' } });
  await expect.poll(() => [...teacher.model.seats.keys()]).toEqual([1]);
  const [room] = [...classroom.rooms.all];
  expect(room?.seats.size).toBe(1);
  expect(ada.model.role).toBe('learner');
});

test('hands that go up and down: six changes a minute each, and the queue is exact', async () => {
  const { teacher, learn } = await openRoom();
  const pages = await Promise.all(['Ada', 'Bob', 'Cem'].map((name) => learn(name)));
  for (const page of pages) {
    const outcomes: string[] = [];
    for (let change = 0; change < 9; change += 1) {
      outcomes.push(await page.refusal(page.ask('hand', { up: change % 2 === 0, text: `${change}` })));
    }
    expect(outcomes.slice(6)).toEqual(Array(3).fill('ROOM_RATE_EXCEEDED'));
  }
  await expect.poll(() => teacher.model.help.length).toBe(0); // the sixth change took each down
});

test('reports that come too fast or are too long are refused, and lies about time are not taken', async () => {
  const { teacher, classroom, learn } = await openRoom();
  const ada = await learn();
  const outcomes: string[] = [];
  for (let times = 0; times < 12; times += 1) {
    outcomes.push(await ada.refusal(ada.ask('report', { lesson: 'stream', step: 'cut', hint: `hint-${times}` })));
  }
  expect(outcomes.at(-1)).toBe('ROOM_RATE_EXCEEDED');
  expect(teacher.model.wrong.length).toBeLessThan(12);
  // A flood is not even looked at: what it says would end the session of who keeps to one a second.
  expect(await ada.refusal(ada.say('report', { nonsense: true }))).toBe('ROOM_RATE_EXCEEDED');
  const bob = await learn('Bob');
  const long = Array.from({ length: 32 }, (_, index) => ({
    ...{ pack: 'p'.repeat(30), lesson: 'l'.repeat(30), step: `s-${index}-${'s'.repeat(20)}` },
    ...{ rev: 1_000, tries: 100_000, hints: 100_000, shown: false },
  }));
  expect(await bob.refusal(bob.ask('report', { progress: long }))).toBe('ROOM_RATE_EXCEEDED');
  const claims = { ...long[0], at: 1 };
  expect(await bob.refusal(bob.say('report', { progress: [claims] }))).toBe('SESSION_GONE');
  expect([...classroom.rooms.all][0]?.seats.get(2)?.steps).toEqual([]);
});

test('names that pass for others are refused or numbered', async () => {
  const { teacher, learn, url } = await openRoom();
  await learn('Ada');
  expect((await learn('Ａｄａ')).model.own?.as).toBe('Ａｄａ 2');
  for (const name of ['Аda', 'A\u200bda', 'A\u202eda', ' ', '\u3164']) {
    const page = await RoomPage.enter(url);
    expect(await page.refusal(page.room.join({ code: teacher.model.code, name })), name).toBe('NAME_INVALID');
  }
});

test('a learner is told of no other one by name, whatever is done in the room', async () => {
  const { teacher, learn, echo } = await openRoom({ spotlight: 'anonymous' });
  const [ada, bob] = [await learn('Zuleika'), await learn('Bob')];
  await teacher.room.giveRoster([{ name: 'Zuleika', extra: { mail: 'zuleika@example.org' } }]);
  await ada.room.agree(true);
  await ada.connect(echo);
  await ada.ask('hand', { up: true, text: 'says Zuleika' });
  await bob.ask('hand', { up: true });
  await teacher.ask('spotlight', { source: 1 });
  await teacher.ask('rename', { seat: 1, name: 'Zuleika B' });
  await teacher.ask('now', { now: { lesson: 'stream', paused: false } });
  await expect.poll(() => bob.model.now.lesson).toBe('stream');
  await expect.poll(() => bob.model.own?.place).toBe(2);
  expect(JSON.stringify([bob.told, bob.model])).not.toContain('Zuleika');
  const codes = await Promise.all(
    (['steps', 'export', 'roster', 'list'] as const).map((say) =>
      bob.refusal(bob.say(say, { ...EXAMPLES.get(say), say, id: undefined })),
    ),
  );
  expect(new Set(codes)).toEqual(new Set(['KEY_INVALID']));
});

test('whoever tries keys does not learn which rooms there are', async () => {
  const { teacher, keys, url } = await openRoom();
  const page = await RoomPage.enter(url);
  const { room = '' } = teacher.model;
  const wrong = keys.key.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  const answers: unknown[] = [];
  for (const open of [
    { room, key: wrong },
    { room: '0123456789abcdef', key: wrong },
    { room: '0123456789abcdef', key: keys.key },
  ]) {
    await page.room.comeBack(open).catch((error) => answers.push([error.code, error.message]));
  }
  expect(answers).toHaveLength(3);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(page.model.role).toBe('stranger');
});
