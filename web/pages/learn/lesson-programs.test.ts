import { expect, test } from 'vitest';
import { parsePack } from '../../../lesson/pack/pack.ts';
import { LESSONS_FOLDER, readPackFolder } from '../../../lesson/testing/pack-folder.ts';
import { programsOf, sourceAt } from './lesson-programs.ts';

const PACK = parsePack(readPackFolder(LESSONS_FOLDER));
const MOVED = [
  { name: 'Timestamp echo', port: 41_009 },
  { name: 'Threaded echo', port: 41_010 },
];
const content = (id: string) => {
  const found = PACK.lessons.find(({ lesson }) => lesson.id === id);
  if (!found) throw new Error(`no lesson ${id}`);
  return found;
};

test('every lesson begins with programs that are there, the server first', () => {
  for (const each of PACK.lessons) {
    const programs = programsOf(each, []);
    expect(programs.map(({ file }) => file)).toEqual(Object.keys(each.lesson.start.files ?? {}));
    for (const { file, source } of programs) expect(source, `${each.lesson.id} ${file}`).not.toBe('');
    expect(programs.length, each.lesson.id).toBeLessThanOrEqual(4);
    const server = programs.findIndex(({ file }) => file === 'server.py');
    expect(server, each.lesson.id).toBeLessThanOrEqual(0);
  }
});

test('a client of the lab names the port that its server has today', () => {
  const [client] = programsOf(content('bytes'), MOVED);
  expect(client?.source).toContain("('127.0.0.1', 41010)");
  expect(sourceAt(content('bytes'), 'done/client.py', MOVED)).toContain('41010');
});

test('a lesson with a server of its own has its own ports', () => {
  for (const { source } of programsOf(content('threads'), MOVED)) expect(source).not.toContain('41010');
  expect(sourceAt(content('chat'), 'example:chat-asyncio/server.py', MOVED)).toContain('8020');
  expect(sourceAt(content('chat'), 'example:nowhere/server.py', MOVED)).toBeUndefined();
});
