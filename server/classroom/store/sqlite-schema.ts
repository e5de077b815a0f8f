import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Of a server's state folder. */
export function roomsFile(folder: string): string {
  return join(folder, 'rooms.sqlite');
}

/** Raised with each change of the tables; MIGRATIONS[n] leads from version n to n + 1. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE room (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
  CREATE TABLE seat (room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE, seat INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (room, seat)) STRICT, WITHOUT ROWID;
  CREATE TABLE step (room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE, seat INTEGER NOT NULL,
    pack TEXT NOT NULL, lesson TEXT NOT NULL, step TEXT NOT NULL,
    rev INTEGER NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL, hints INTEGER NOT NULL, shown INTEGER NOT NULL,
    PRIMARY KEY (room, seat, pack, lesson, step)) STRICT, WITHOUT ROWID;
  CREATE TABLE help (room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE, request INTEGER NOT NULL, at INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (room, request)) STRICT, WITHOUT ROWID;
  CREATE TABLE roster (room INTEGER PRIMARY KEY REFERENCES room ON DELETE CASCADE, body TEXT NOT NULL) STRICT;
  CREATE TABLE piece (room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE, piece INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (room, piece)) STRICT, WITHOUT ROWID;
  `,
];

/** Makes or renews the tables. @throws {Error} the file is of a later version, or no database */
export function migrate(database: DatabaseSync): void {
  // WAL with NORMAL: what is committed outlives the process; a machine that loses power may lose the last moment, never the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version']);
  if (version > MIGRATIONS.length)
    throw new Error(`the rooms are of version ${version}, this program reads ${MIGRATIONS.length}`);
  for (const [at, statements] of MIGRATIONS.entries()) {
    if (at >= version) database.exec(`BEGIN; ${statements} PRAGMA user_version = ${at + 1}; COMMIT;`);
  }
}

/** As mergeDone merges: on the right of SET a column is what it was. */
const MERGED = (column: string, ofOneRev: string): string =>
  `${column} = CASE WHEN excluded.rev > rev THEN excluded.${column} WHEN excluded.rev < rev THEN ${column} ELSE ${ofOneRev} END`;
export const PUT_STEP = `
  INSERT INTO step (room, seat, pack, lesson, step, rev, at, tries, hints, shown)
  SELECT n, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM room WHERE id = ?
  ON CONFLICT DO UPDATE SET
    ${MERGED('at', 'min(at, excluded.at)')},
    ${MERGED('tries', 'max(tries, excluded.tries)')},
    ${MERGED('hints', 'max(hints, excluded.hints)')},
    ${MERGED('shown', 'min(shown, excluded.shown)')},
    rev = max(rev, excluded.rev)`;
