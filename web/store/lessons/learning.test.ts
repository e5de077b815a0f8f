import { expect, test } from 'vitest';
import { formatPackFile, parsePack } from '../../../lesson/pack/pack.ts';
import { LESSONS_FOLDER, readPackFolder } from '../../../lesson/testing/pack-folder.ts';
import { SMALL_PACK } from '../../../lesson/testing/small-pack.ts';
import type { Playground } from '../playground.ts';
import { Learning } from './learning.ts';
import { ProgressStore } from './progress-store.ts';

const BUILT_IN = parsePack(readPackFolder(LESSONS_FOLDER));
const SERVED = formatPackFile(new Map(Object.entries(SMALL_PACK)));
const OWN = SERVED.replaceAll('"id\\":\\"small', '"id\\":\\"own');

async function loaded(loadServed: () => Promise<string | undefined>, own?: string): Promise<Learning> {
  const learning = new Learning({
    playground: { sockets: () => [], lab: () => [], families: { tried: [], echoed: [] } } as unknown as Playground,
    progress: new ProgressStore({ read: () => undefined, write: () => true, onWritten: () => undefined }),
    now: () => 0,
    canRunPrograms: true,
    load: async () => BUILT_IN,
    loadServed,
    own,
    keepOwn: () => undefined,
  });
  await learning.load('en');
  return learning;
}
const idOf = ({ pack }: Learning) => pack?.head.id;

test('the lessons of the server go before those of the page, and who likes has those too', async () => {
  const learning = await loaded(async () => SERVED);
  expect([idOf(learning), learning.hasServed, learning.isServed]).toEqual(['small', true, true]);
  learning.showServed(false);
  expect([idOf(learning), learning.isServed]).toEqual(['sockets', false]);
  learning.showServed(true);
  expect(idOf(learning)).toBe('small');
});

test("a learner's own lessons go before both", async () => {
  const learning = await loaded(async () => SERVED, OWN);
  expect([idOf(learning), learning.isServed]).toEqual(['own', false]);
  learning.leaveOwn();
  expect(idOf(learning)).toBe('small');
});

test('a link to a lesson of the page opens it, whatever the server has', async () => {
  const learning = await loaded(async () => SERVED);
  expect(learning.open('endpoint')?.pack).toBe('sockets');
});

test.each([
  ['none', async () => undefined],
  ['what is no lessons', async () => '{}'],
  ['nothing that can be fetched', () => Promise.reject(new Error('offline'))],
])('where the server has %s, the lessons of the page are there', async (_, loadServed) => {
  const learning = await loaded(loadServed);
  expect([idOf(learning), learning.hasServed]).toEqual(['sockets', false]);
});
