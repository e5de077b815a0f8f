import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground } from '../../testing/playground.ts';
import { roomsFile } from './store/sqlite-schema.ts';
import { openRoom, RoomPage } from './testing/room-page.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rooms-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return join(path, 'state');
}
const step = { pack: 'sockets', lesson: 'stream', step: 'cut', rev: 1, tries: 2, hints: 1, shown: false };

test('rooms, seats, progress and the queue are back after a restart, with no hand on anything (B21)', async () => {
  const state = folder();
  const first = await openRoom({}, { state });
  const { port } = first.server;
  const [ada, bob] = [await first.learn('Ada'), await first.learn('Bob')];
  await first.teacher.ask('now', { now: { lesson: 'stream', paused: true } });
  await ada.ask('report', { lesson: 'stream', step: 'cut', progress: [step] });
  await bob.ask('hand', { up: true, text: 'first' });
  await ada.ask('hand', { up: true, text: 'second' });
  const { code } = first.teacher.model;
  await first.server.close();
  const again = await startTestPlayground({ state, port });
  onTestFinished(() => again.close());
  // The pages dial by themselves, and come back to where they were.
  await expect.poll(() => first.teacher.arrivals, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => [...first.teacher.model.seats.values()].map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  expect(first.teacher.model).toMatchObject({ role: 'instructor', code, now: { lesson: 'stream', paused: true } });
  await expect.poll(() => first.teacher.model.help.map(({ text }) => text)).toEqual(['first', 'second']);
  await expect.poll(() => first.teacher.model.tiles.get(1)?.attached).toBe(1);
  await expect.poll(() => ada.model.own).toMatchObject({ seat: 1, place: 2, progress: [step] });
  // The link that the terminal printed is still the one.
  expect(again.classroom?.key.text).toBe(first.classroom.key.text);
});

test('what is stored is for its owner alone, and holds no key, no secret, and nothing that was sent (B23)', async () => {
  const state = folder();
  const { server, classroom, keys, learn, echo } = await openRoom({}, { state });
  const ada = await learn();
  const stream = await ada.connect(echo);
  stream.send(new TextEncoder().encode('what Ada sends'));
  await ada.ask('report', { progress: [step] });
  await server.close();
  expect(statSync(state).mode & 0o777).toBe(0o700);
  const files = readdirSync(state).filter((name) => name !== 'teach-key');
  expect(files.length).toBeGreaterThan(0);
  const secret = ada.back && 'seat' in ada.back ? ada.back.seat.secret : '';
  expect(secret).toHaveLength(32);
  for (const name of files) {
    const text = readFileSync(join(state, name), 'latin1');
    for (const hidden of [secret, keys.key, keys.helperKey, classroom.key.text, 'what Ada sends', '127.0.0.1']) {
      expect(text.includes(hidden), `${name}: ${hidden}`).toBe(false);
    }
  }
});

test('with --keep-rooms 0 nothing is stored, and a server without a room leaves no trace (B23)', async () => {
  const state = folder();
  const { server } = await openRoom({}, { state, keepRooms: 0 });
  await server.close();
  const unused = await startTestPlayground({ state });
  await unused.close();
  expect(() => statSync(state)).toThrow('ENOENT');
});

test('what is not confirmed when the session is lost is told again', async () => {
  const state = folder();
  const first = await openRoom({}, { state });
  const { port } = first.server;
  const ada = await first.learn('Ada');
  await first.server.close();
  ada.room.reporter.finish(step);
  ada.room.reporter.moveTo({ lesson: 'stream', step: 'cut', number: 1, of: 1 });
  const again = await startTestPlayground({ state, port });
  onTestFinished(() => again.close());
  await expect.poll(() => ada.room.reporter.unconfirmed, { timeout: 10_000 }).toEqual([]);
  const page = await RoomPage.enter(again.url);
  if (ada.back) await page.room.comeBack(ada.back);
  expect(page.model.own?.progress).toMatchObject([step]);
});

test('a disk that takes its time holds up no socket: what is reported meanwhile is confirmed once it is stored', async () => {
  const state = folder();
  const { learn, echo } = await openRoom({}, { state });
  const ada = await learn('Ada');
  // As slow as a disk can be: another program has the file locked.
  const other = new DatabaseSync(roomsFile(state));
  onTestFinished(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  let isConfirmed = false;
  const reported = ada.ask('report', { progress: [step] }).then(() => {
    isConfirmed = true;
  });
  const hand = ada.ask('hand', { up: true });
  for (let count = 0; count < 3; count += 1) await ada.connect(echo);
  expect(isConfirmed).toBe(false);
  other.exec('COMMIT');
  await Promise.all([reported, hand]);
});

test('where the file of the key was deleted, the key of the next start is kept for the rooms that are stored', async () => {
  const state = folder();
  const { server } = await openRoom({}, { state });
  await server.close();
  rmSync(join(state, 'teach-key'));
  const keys: (string | undefined)[] = [];
  for (let start = 0; start < 2; start += 1) {
    const again = await startTestPlayground({ state });
    keys.push(again.classroom?.key.text);
    await again.close();
  }
  expect(keys[1]).toBe(keys[0]);
});
