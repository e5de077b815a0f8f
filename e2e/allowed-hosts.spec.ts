import { test as base, expect } from '@playwright/test';
import type { RunningPlayground, StartOptions } from '../server/start-playground.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { startRewritingProxy } from '../testing/rewriting-proxy.ts';
import { expectAccessible } from './accessibility.ts';
import { PlayPage } from './pages/play-page.ts';

/** Without the check of the console that other tests have: what is refused is an error there. */
const test = base.extend<{ start: (overrides?: Partial<StartOptions>) => Promise<RunningPlayground> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  start: async ({}, use) => {
    const servers: RunningPlayground[] = [];
    await use(async (overrides = {}) => {
      const server = await startTestPlayground(overrides);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.close();
  },
});

test('a page that comes by an origin the server does not know says so, and what to start it with', async ({
  page,
  start,
}) => {
  const server = await start();
  const proxy = await startRewritingProxy(server.port);
  await page.goto(`http://127.0.0.1:${proxy.port}/`);
  await expect(page.getByText('The gateway does not serve pages from this address.')).toBeVisible();
  await expect(page.getByText(`npm start -- --origin http://127.0.0.1:${proxy.port}`)).toBeVisible();
  await expectAccessible(page);
  await proxy.close();
});

test('who comes by a wrong name reads a sentence, in the language of the browser', async ({ browser, start }) => {
  const server = await start();
  const other = server.url.replace('127.0.0.1', 'localhost.');
  for (const [locale, heading] of [
    ['en-GB', 'The playground does not go by this name'],
    ['zh-CN', '实验场不认这个名字'],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const response = await page.goto(other);
    expect(response?.status()).toBe(421);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expectAccessible(page);
    await context.close();
  }
});

test('a page that is not there is the application with status 404', async ({ page, start }) => {
  const server = await start();
  expect((await page.goto(`${server.url}nope`))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to Play' }).click();
  await expect(new PlayPage(page).connectButton).toBeEnabled();
  expect((await page.goto(`${server.url}no/such/page`))?.status()).toBe(404);
  await page.getByRole('link', { name: 'Go to Play' }).click();
  await expect(new PlayPage(page).connectButton).toBeEnabled();
  await page.goto(`${server.url}program/`);
  await expect(page).toHaveURL(`${server.url}program`);
});

test('the key is taken in place: a recording that was opened before stays', async ({ page, start }) => {
  const free = await start();
  const play = new PlayPage(page);
  await page.goto(free.url);
  await play.connectTo(/Raw echo/);
  await play.send('kept');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /JSON/ }).click(),
  ]);
  const file = await download.path();

  const locked = await start({ token: 'blue whale' });
  await page.goto(locked.url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await (await chooser).setFiles(file);
  await expect(play.sockets.getByRole('listitem')).toHaveCount(1);
  const key = page.getByLabel('Access key', { exact: true });
  await key.fill('red fox');
  await key.press('Enter');
  await expect(key).toHaveValue(''); // asked for again
  await key.fill('blue whale');
  await key.press('Enter');
  await expect(key).toBeHidden();
  await play.connectTo(/Raw echo/);
  await expect(play.sockets.getByRole('listitem')).toHaveCount(2);
  await page.reload(); // it is this tab's key from now on
  await expect(play.connectButton).toBeEnabled();
  await expect(key).toBeHidden();
});
