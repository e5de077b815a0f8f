import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mergeDone } from '../../../protocol/rooms/done-step.ts';
import type { DoneStep } from '../../../protocol/rooms/records.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import { Journal } from './journal.ts';
import { MemoryStore } from './memory-store.ts';
import type { RoomChange, RoomStore, StoredRoom, StoredSeat } from './room-store.ts';
import { SqliteStore } from './sqlite-store.ts';

const ROOM = '0123456789abcdef';
const room: StoredRoom = {
  ...{ room: ROOM, name: 'Networks', code: 'K7M4TQ', keyHash: 'aa', helperHash: 'bb', createdAt: 1, usedAt: 2 },
  policy: { names: 'free', entry: 'open', seats: 40, watch: true, spotlight: 'anonymous' },
  setting: { paused: false },
};
const seat = (number: number, name = `seat ${number}`): StoredSeat => ({
  ...{ seat: number, name, secretHash: 'cc', state: 'in', joinedAt: 3, agrees: false },
});
const step = (values: Partial<DoneStep> = {}): DoneStep => ({
  ...{ pack: 'sockets', lesson: 'stream', step: 'cut', rev: 1, at: 100, tries: 2, hints: 1, shown: false },
  ...values,
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rooms-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return join(path, 'state');
}

/** Each: an empty store, and the same once the process has ended. */
const STORES: Record<string, () => { store: RoomStore; again: () => RoomStore }> = {
  memory: () => {
    const store = new MemoryStore();
    return { store, again: () => store };
  },
  sqlite: () => {
    const path = folder();
    const store = new SqliteStore(path);
    onTestFinished(() => store.close());
    const again = (): RoomStore => {
      const other = new SqliteStore(path);
      onTestFinished(() => other.close());
      return other;
    };
    return { store, again };
  },
};

describe.each(Object.entries(STORES))('a store of rooms, %s', (_, open) => {
  test('gives back what was put, in the order of time', async () => {
    const { store, again } = open();
    expect(await store.load()).toEqual([]);
    const help = (request: number, at: number) => ({ request, seat: 1, text: 'why?', at });
    const changes: RoomChange[] = [
      { put: 'room', room: ROOM, value: room },
      { put: 'seat', room: ROOM, value: seat(2) },
      { put: 'seat', room: ROOM, value: seat(1) },
      { put: 'seat', room: ROOM, value: { ...seat(1, 'Ada'), row: 0 } },
      { put: 'step', room: ROOM, seat: 1, value: step() },
      { put: 'step', room: ROOM, seat: 1, value: step({ step: 'join', shown: true }) },
      { put: 'help', room: ROOM, value: help(8, 20) },
      { put: 'help', room: ROOM, value: help(9, 10) },
      { put: 'help', room: ROOM, value: help(7, 10) },
      { put: 'roster', room: ROOM, value: [{ row: 0, name: 'Ada', pinHash: 'dd', extra: { group: 'A' } }] },
      { put: 'piece', room: ROOM, piece: 1, value: 'b' },
      { put: 'piece', room: ROOM, piece: 0, value: 'a' },
      { put: 'room', room: ROOM, value: { ...room, name: 'Networks, Tuesday' } },
    ];
    await store.write(changes);
    const [stored] = await again().load();
    expect(stored).toMatchObject({ room: { ...room, name: 'Networks, Tuesday' }, pieces: ['a', 'b'] });
    expect(stored?.seats).toEqual([{ ...seat(1, 'Ada'), row: 0 }, seat(2)]);
    expect(stored?.help.map(({ request }) => request)).toEqual([7, 9, 8]);
    expect(stored?.roster).toEqual([{ row: 0, name: 'Ada', pinHash: 'dd', extra: { group: 'A' } }]);
    const done = stored?.steps.get(1)?.toSorted((a, b) => a.step.localeCompare(b.step));
    expect(done).toEqual([step(), step({ step: 'join', shown: true })]);
  });

  test('forgets what is dropped, and all of a room with it; of another room nothing', async () => {
    const { store, again } = open();
    const other = 'fedcba9876543210';
    for (const id of [ROOM, other]) {
      await store.write([
        { put: 'room', room: id, value: { ...room, room: id } },
        { put: 'seat', room: id, value: seat(1) },
        { put: 'step', room: id, seat: 1, value: step() },
        { put: 'help', room: id, value: { request: 1, seat: 1, text: '', at: 1 } },
        { put: 'piece', room: id, piece: 0, value: 'a' },
      ]);
    }
    await store.write([
      { drop: 'seat', room: ROOM, seat: 1 },
      { drop: 'help', room: ROOM, request: 1 },
      { drop: 'pieces', room: ROOM },
    ]);
    const stored = await again().load();
    expect(stored[0]).toMatchObject({ seats: [], help: [], pieces: [] });
    expect(stored[0]?.steps.get(1) ?? []).toEqual([]);
    expect(stored[1]).toMatchObject({ seats: [seat(1)], pieces: ['a'] });
    await store.write([{ drop: 'room', room: other }]);
    // Written a moment too late: the room is no more.
    await store.write([
      { put: 'seat', room: other, value: seat(9) },
      { put: 'step', room: other, seat: 9, value: step() },
      { put: 'help', room: other, value: { request: 9, seat: 9, text: '', at: 1 } },
      { put: 'roster', room: other, value: [] },
      { put: 'piece', room: other, piece: 0, value: 'a' },
      { drop: 'seat', room: other, seat: 9 },
    ]);
    expect((await again().load()).map(({ room: { room: id } }) => id)).toEqual([ROOM]);
    await store.write([{ put: 'room', room: other, value: { ...room, room: other } }]);
    expect((await again().load())[1]).toMatchObject({ seats: [], steps: new Map(), help: [], roster: [], pieces: [] });
  });

  test('of a step keeps the same, in whatever order and however often it is written', async () => {
    const steps = fc.record({
      rev: fc.integer({ min: 1, max: 3 }),
      at: fc.integer({ min: 1, max: 50 }),
      tries: fc.nat(9),
      hints: fc.nat(9),
      shown: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 6 }), async (values) => {
        const { store, again } = open();
        const put = (value: DoneStep): RoomChange => ({ put: 'step', room: ROOM, seat: 1, value });
        const all = values.map((value) => step(value));
        await store.write([{ put: 'room', room: ROOM, value: room }, ...all.map(put), ...all.toReversed().map(put)]);
        const merged = all.reduce(mergeDone);
        expect(all.reduceRight(mergeDone)).toEqual(merged);
        expect((await again().load())[0]?.steps.get(1)).toEqual([merged]);
        await store.close();
      }),
      { numRuns: 25 },
    );
  });
});

test('a store that never had a room leaves no folder; one that has is for its owner alone', async () => {
  const path = folder();
  const store = new SqliteStore(path);
  onTestFinished(() => store.close());
  expect(await store.load()).toEqual([]);
  expect(() => statSync(path)).toThrow('ENOENT');
  await store.write([{ put: 'room', room: ROOM, value: room }]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(path, 'rooms.sqlite')).mode & 0o777).toBe(0o600);
});

test('a write that fails half-way leaves nothing of it', async () => {
  const store = new SqliteStore(folder());
  onTestFinished(() => store.close());
  const broken = { put: 'seat', room: ROOM, value: { ...seat(1), seat: 'one' as unknown as number } } as const;
  await expect(store.write([{ put: 'room', room: ROOM, value: room }, broken])).rejects.toThrow();
  expect(await store.load()).toEqual([]);
});

test('all 82 steps of a seat take no more than 12 kB', async () => {
  const path = folder();
  const store = new SqliteStore(path);
  const changes: RoomChange[] = [{ put: 'room', room: ROOM, value: room }];
  for (let number = 1; number <= 100; number += 1) {
    changes.push({ put: 'seat', room: ROOM, value: seat(number) });
    for (let index = 0; index < 82; index += 1) {
      const names = { lesson: `a-longer-lesson-${index % 20}`, step: `step-of-it-${index}` };
      changes.push({ put: 'step', room: ROOM, seat: number, value: step({ ...names, at: 1_795_337_400_123 }) });
    }
  }
  await store.write(changes);
  await store.close(); // the log is folded into the file
  expect(readFileSync(join(path, 'rooms.sqlite')).length / 100).toBeLessThan(12_000);
});

describe('the journal', () => {
  function open(write: RoomStore['write']) {
    const clock = new ManualClock();
    const faults: unknown[] = [];
    const store: RoomStore = { load: async () => [], write, close: async () => undefined };
    return { clock, faults, journal: new Journal(store, clock, (error) => faults.push(error)) };
  }
  const change = (number: number): RoomChange => ({ put: 'seat', room: ROOM, value: seat(number) });
  const numbersOf = (changes: readonly RoomChange[]): unknown[] =>
    changes.map((each) => ('put' in each && each.put === 'seat' ? each.value.seat : undefined));

  test('writes what comes within 100 ms together, and tells when it is stored', async () => {
    const written: unknown[][] = [];
    const { clock, journal } = open(async (changes) => void written.push(numbersOf(changes)));
    await journal.settled; // nothing waits
    journal.add(change(1));
    clock.advance(99);
    journal.add(change(2));
    expect(written).toEqual([]);
    const { settled } = journal;
    clock.advance(1);
    await settled;
    expect(written).toEqual([[1, 2]]);
    journal.add(change(3));
    await journal.close();
    expect(written).toEqual([[1, 2], [3]]);
  });

  test('after a failure writes the same again, before what came later', async () => {
    const attempts: unknown[][] = [];
    let isFull = true;
    const { clock, faults, journal } = open(async (changes) => {
      attempts.push(numbersOf(changes));
      if (isFull) throw new Error('disk full');
    });
    journal.add(change(1));
    const first = journal.settled;
    clock.advance(100);
    journal.add(change(2)); // while the first are being written
    clock.advance(100);
    await expect(first).rejects.toMatchObject({ code: 'INTERNAL' });
    isFull = false;
    clock.advance(1_000);
    await expect.poll(() => attempts.length).toBe(2);
    await journal.settled;
    expect(attempts).toEqual([[1], [1, 2]]);
    expect(faults).toHaveLength(1);
  });
});
