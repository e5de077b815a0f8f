import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RoomChange, StoredRoom } from './room-store.ts';
import { roomsFile } from './sqlite-schema.ts';
import { ThreadedStore } from './threaded-store.ts';

const ROOM = '0123456789abcdef';
const room: StoredRoom = {
  ...{ room: ROOM, name: 'Networks', code: 'K7M4TQ', keyHash: 'aa', helperHash: 'bb', createdAt: 1, usedAt: 2 },
  policy: { names: 'free', entry: 'open', seats: 40, watch: true, spotlight: 'anonymous' },
  setting: { paused: false },
};
const done = { pack: 'sockets', lesson: 'stream', step: 'cut', rev: 1, at: 100, tries: 2, hints: 1, shown: false };
const seat = (number: number): RoomChange => ({
  put: 'seat',
  room: ROOM,
  value: { seat: number, name: `seat ${number}`, secretHash: 'cc', state: 'in', joinedAt: 3, agrees: false },
});

function open() {
  const path = mkdtempSync(join(tmpdir(), 'rooms-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const folder = join(path, 'state');
  const store = (): ThreadedStore => {
    const made = new ThreadedStore(folder);
    onTestFinished(() => made.close());
    return made;
  };
  return { folder, store };
}

test('what is stored in the thread is there for the next one; what never had a room leaves no folder', async () => {
  const { folder, store } = open();
  const first = store();
  expect(await first.load()).toEqual([]);
  expect(() => statSync(folder)).toThrow('ENOENT');
  // Not awaited: they are written in the order in which they were given, and before the file is closed.
  const writing = [
    first.write([{ put: 'room', room: ROOM, value: room }]),
    first.write([seat(1), { put: 'step', room: ROOM, seat: 1, value: done }]),
  ];
  await first.close();
  await Promise.all(writing);
  const [stored] = await store().load();
  expect(stored?.room).toEqual(room);
  expect(stored?.seats).toMatchObject([{ seat: 1 }]);
  expect(stored?.steps).toEqual(new Map([[1, [done]]]));
});

test('while another program has the file locked the server goes on, and what is written is stored afterwards', async () => {
  const { folder, store } = open();
  const written = store();
  await written.write([{ put: 'room', room: ROOM, value: room }]);
  const other = new DatabaseSync(roomsFile(folder));
  onTestFinished(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  let isStored = false;
  const writing = written.write([seat(1)]).then(() => {
    isStored = true;
  });
  for (let turns = 0; turns < 100; turns += 1) await turn();
  expect(isStored).toBe(false);
  other.exec('COMMIT');
  await writing;
  expect((await written.load())[0]?.seats).toHaveLength(1);
});

test('a write that fails is told, and the next one is stored', async () => {
  const { store } = open();
  const written = store();
  const broken = { ...seat(1), value: { seat: 'one' } } as unknown as RoomChange;
  await expect(written.write([{ put: 'room', room: ROOM, value: room }, broken])).rejects.toThrow(/datatype|store/);
  await written.write([{ put: 'room', room: ROOM, value: room }]);
  expect(await written.load()).toHaveLength(1);
});

test('a file that is none is told, as is one of a later version', async () => {
  const { folder, store } = open();
  mkdirSync(folder);
  writeFileSync(roomsFile(folder), 'no database at all, and longer than the head of one: '.repeat(20));
  await expect(store().load()).rejects.toThrow('not a database');
  rmSync(roomsFile(folder));
  const later = new DatabaseSync(roomsFile(folder));
  later.exec('PRAGMA user_version = 99');
  later.close();
  await expect(store().load()).rejects.toThrow('version 99');
});
