import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatPackFile, parsePackFile } from '../lesson/pack/pack.ts';
import { SMALL_PACK } from '../lesson/testing/small-pack.ts';
import { startTestPlayground } from '../testing/playground.ts';

const SMALL = formatPackFile(new Map(Object.entries(SMALL_PACK)));

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'small.lessons.json');
  writeFileSync(path, text);
  return path;
}
async function start(lessons?: string) {
  const server = await startTestPlayground({ rooms: undefined, ...(lessons !== undefined && { lessons }) });
  onTestFinished(() => server.close());
  return server;
}

test('every learner gets the lessons of the file, and no second time what has not changed', async () => {
  const { url } = await start(fileWith(SMALL));
  const response = await fetch(`${url}lessons.json`);
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-encoding')]).toEqual([
    200,
    'application/json; charset=utf-8',
    'gzip',
  ]);
  expect(parsePackFile(await response.text()).head.id).toBe('small');
  const tag = response.headers.get('etag') ?? '';
  expect((await fetch(`${url}lessons.json`, { headers: { 'if-none-match': tag } })).status).toBe(304);
});

test('who cannot unpack gets them as they stand', async () => {
  const { url } = await start(fileWith(SMALL));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const asked = request(`${url}lessons.json`, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () => resolve(Buffer.concat(parts).toString()));
  });
  asked.on('error', reject);
  asked.end();
  expect(await promise).toBe(SMALL);
});

test('a server without lessons of its own says so, which is no failure', async () => {
  const { url } = await start();
  const response = await fetch(`${url}lessons.json`);
  expect([response.status, await response.text()]).toEqual([204, '']);
});

test.each([
  ['no pack', '{}', 'small.lessons.json /format: is missing'],
  ['a wrong lesson', SMALL.replace('Say hello', ''), /^--lessons .*: hello\/en\.md/],
])('no server starts with %s: file, place and reason are told', async (_, text, message) => {
  const starting = startTestPlayground({ lessons: fileWith(text) });
  await expect(starting).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) });
});

test('no server starts with a file that is not there', async () => {
  const starting = startTestPlayground({ lessons: join(tmpdir(), 'nowhere.lessons.json') });
  await expect(starting).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching('ENOENT') });
});
