import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { LearnPage } from './pages/learn-page.ts';
import { PlayPage } from './pages/play-page.ts';

test.use({ hasPython: false });

test('a host without Python says so on Program and in lessons with programs, fetches none of it, and Play works', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/pyodide-\d|pyodide-worker/.test(request.url())) asked.push(request.url());
  });
  const { host, back } = en.program.unsupported;

  await page.goto('/program');
  await expect(page.getByRole('heading', { name: host.title })).toBeVisible();
  await expect(page.getByText(host.body)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: back }).click();
  const play = new PlayPage(page);
  await play.connectTo(/Timestamp echo/);
  await play.send('hello');
  await expect(play.ladder).toContainText("b'hello'");

  await new LearnPage(page).open('programs');
  await expect(page.getByText(en.learn.needs.jspi).first()).toBeVisible();
  await expectAccessible(page);
  expect(asked).toEqual([]);
});
