import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { DoneStep } from '../../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type {
  RoomChange,
  RoomStore,
  StoredClass,
  StoredHelp,
  StoredRoom,
  StoredRosterRow,
  StoredSeat,
} from './room-store.ts';
import { migrate, PUT_STEP, roomsFile } from './sqlite-schema.ts';

const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;
/** So long a lock of another program is waited for, as of one that copies the file. */
const LOCKED_FOR: Milliseconds = 5_000;

/**
 * Rooms in one SQLite file. Its calls are synchronous: it has a thread of its own (threaded-store.ts), and a transaction each 100 ms
 * (journal.ts). The folder and the file are made when there is something to store: a server without rooms leaves no file.
 */
export class SqliteStore implements RoomStore {
  readonly #folder: string;
  #database: DatabaseSync | undefined;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly load = async (): Promise<readonly StoredClass[]> => {
    if (!existsSync(roomsFile(this.#folder))) return [];
    return this.#all('SELECT n, body FROM room ORDER BY n').map(({ n, body }) => this.#classOf(n as number, body));
  };

  readonly write = async (changes: readonly RoomChange[]): Promise<void> => {
    this.#run('BEGIN IMMEDIATE');
    try {
      for (const change of changes) this.#apply(change);
      this.#run('COMMIT');
    } catch (error) {
      this.#run('ROLLBACK');
      throw error;
    }
  };

  readonly close = async (): Promise<void> => {
    this.#database?.close();
    this.#database = undefined;
    this.#statements.clear();
  };

  #open(): DatabaseSync {
    if (this.#database) return this.#database;
    mkdirSync(this.#folder, { recursive: true, mode: OWN_FOLDER });
    const path = roomsFile(this.#folder);
    const database = new DatabaseSync(path, { timeout: LOCKED_FOR });
    chmodSync(path, OWN_FILE);
    migrate(database);
    this.#database = database;
    return database;
  }
  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#open().prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }
  #all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#prepare(sql).all(...values);
  }

  #apply(change: RoomChange): void {
    const { room } = change;
    if ('put' in change) this.#put(change);
    else if (change.drop === 'room') this.#run('DELETE FROM room WHERE id = ?', room);
    else if (change.drop === 'pieces') this.#run(`DELETE FROM piece WHERE ${OF_ROOM}`, room);
    else if (change.drop === 'help')
      this.#run(`DELETE FROM help WHERE ${OF_ROOM} AND request = ?`, room, change.request);
    else {
      this.#run(`DELETE FROM seat WHERE ${OF_ROOM} AND seat = ?`, room, change.seat);
      this.#run(`DELETE FROM step WHERE ${OF_ROOM} AND seat = ?`, room, change.seat);
    }
  }
  #put(change: Extract<RoomChange, { put: unknown }>): void {
    const { room, value } = change;
    const body = JSON.stringify(value);
    if (change.put === 'room') {
      this.#run(
        'INSERT INTO room (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
        room,
        body,
      );
    } else if (change.put === 'seat') {
      this.#run(`INSERT OR REPLACE INTO seat SELECT n, ?, ? FROM room WHERE id = ?`, change.value.seat, body, room);
    } else if (change.put === 'help') {
      const { request, at } = change.value;
      this.#run(`INSERT OR REPLACE INTO help SELECT n, ?, ?, ? FROM room WHERE id = ?`, request, at, body, room);
    } else if (change.put === 'roster') {
      this.#run(`INSERT OR REPLACE INTO roster SELECT n, ? FROM room WHERE id = ?`, body, room);
    } else if (change.put === 'piece') {
      this.#run(`INSERT OR REPLACE INTO piece SELECT n, ?, ? FROM room WHERE id = ?`, change.piece, change.value, room);
    } else {
      const { pack, lesson, step, rev, at, tries, hints, shown } = change.value;
      this.#run(PUT_STEP, change.seat, pack, lesson, step, rev, at, tries, hints, Number(shown), room);
    }
  }

  #classOf(n: number, body: unknown): StoredClass {
    const steps = new Map<number, DoneStep[]>();
    for (const row of this.#all('SELECT * FROM step WHERE room = ?', n)) {
      const { room: _, seat, shown, ...step } = row;
      const done = { ...step, shown: shown === 1 } as unknown as DoneStep;
      steps.set(seat as number, [...(steps.get(seat as number) ?? []), done]);
    }
    const bodies = (sql: string): unknown[] => this.#all(sql, n).map((row) => JSON.parse(row['body'] as string));
    return {
      room: JSON.parse(body as string) as StoredRoom,
      seats: bodies('SELECT body FROM seat WHERE room = ? ORDER BY seat') as StoredSeat[],
      steps,
      help: bodies('SELECT body FROM help WHERE room = ? ORDER BY at, request') as StoredHelp[],
      roster: (bodies('SELECT body FROM roster WHERE room = ?')[0] ?? []) as StoredRosterRow[],
      pieces: this.#all('SELECT text FROM piece WHERE room = ? ORDER BY piece', n).map(({ text }) => text as string),
    };
  }
}

const OF_ROOM = 'room = (SELECT n FROM room WHERE id = ?)';
