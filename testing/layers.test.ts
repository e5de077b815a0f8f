import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/toolchain.mjs';
import { importsOf, LAYERS, mayImport, roomOf } from './layers.ts';

/** Every file that a row of the table speaks of, with slashes. */
const files = globSync('{protocol,trace,lesson,client,server,web}/**/*.{ts,tsx}', { cwd: ROOT })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => !/\.(test|bench)\.tsx?$|\/testing\//.test(name));

test.each([
  ['trace/ladder/joiner.ts', 'web/store/announcements.ts', false],
  ['web/features/ladder/Ladder.tsx', 'web/features/table/EventTable.tsx', false],
  ['web/features/ladder/Ladder.tsx', 'web/store/announcements.ts', true],
  ['web/pages/play/PlayPage.tsx', 'web/pages/learn/LearnPage.tsx', false],
  ['web/workplaces/play/PlayWorkplace.tsx', 'web/workplaces/socket/views.ts', true],
  ['web/workplaces/socket/views.ts', 'web/workplaces/play/PlayWorkplace.tsx', false],
  ['server/gateway/dial/dial.ts', 'server/gateway/session/session.ts', false],
  ['server/classroom/room.ts', 'server/gateway/gateway.ts', false],
  ['server/classroom/room.ts', 'server/gateway/extension.ts', true],
  ['server/lab/lab.ts', 'server/gateway/limits.ts', false],
  ['protocol/frame.ts', 'server/config.ts', false],
  ['server/config.ts', 'server/lab/lab.ts', false],
  ['server/start-playground.ts', 'server/lab/lab.ts', true],
])('%s imports %s: %s', (file, imported, isAllowed) => {
  expect(mayImport(file, imported)).toBe(isAllowed);
});

test('each file imports what its room may', () => {
  expect(files.length).toBeGreaterThan(700);
  const wrong = files.flatMap((file) =>
    importsOf(ROOT, file)
      .filter((imported) => !mayImport(file, imported))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

test('each row is of some file', () => {
  const rows = new Set(files.map((file) => roomOf(file)?.row));
  expect(Object.keys(LAYERS).filter((row) => !rows.has(row))).toEqual([]);
});
