import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { PLAY_STORIES } from './lessons/play-stories.ts';
import { Learner, PACK } from './lessons/story.ts';
import { LearnPage } from './pages/learn-page.ts';

test('each lesson on Play can be done with its text as the only guide', async ({ page, playground }) => {
  const learn = new LearnPage(page);
  for (const [lesson, story] of Object.entries(PLAY_STORIES)) {
    await test.step(lesson, async () => {
      await learn.open(lesson);
      await story(new Learner(learn, playground, lesson));
      await expect(learn.lesson.getByRole('region', { name: learn.words.learn.takeaway })).toBeVisible();
    });
  }
  await page.goto('/learn');
  await expect(learn.list.getByRole('link', { name: /, done$/ })).toHaveCount(Object.keys(PLAY_STORIES).length);
});

test('a first visitor is offered the first lesson, in one line that can be closed for good', async ({ page, play }) => {
  await play.open();
  await page.getByRole('link', { name: 'Begin with it' }).click();
  const learn = new LearnPage(page);
  await expect(learn.title).toHaveText(PACK.lessons[0]?.texts.en?.title ?? '');
  await expectAccessible(page);
  await play.open();
  await page.getByRole('button', { name: 'No, thanks' }).click();
  await play.open();
  await expect(page.getByRole('link', { name: 'Begin with it' })).toHaveCount(0);
});

test('predict, a hint, Show me, the evidence, a reload in mid-step, and progress that is saved and forgotten', async ({
  page,
}) => {
  const learn = new LearnPage(page);
  await learn.open('endpoint');
  await page.keyboard.press('h');
  await expect(learn.step(1).hint).toContainText('The list of lab servers');
  await learn.button('showMe').click();
  await expect(learn.step(1).state).toHaveText('shown');
  await learn.step(1).item.getByRole('link').click();
  await expect(learn.play.ladder.getByRole('row', { selected: true })).toContainText('connect(');
  await expect(learn.workplace).toBeFocused();

  await page.reload();
  await expect(learn.step(1).state).toHaveText('done before');
  await expect(learn.step(2).item).toHaveAttribute('aria-current', 'step');
  await expect(learn.stepsDone).toHaveAttribute('aria-valuetext', '1 of 3');

  await page.getByRole('button', { name: 'Progress', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Progress' });
  await expectAccessible(page, 'dialog');
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  await dialog.getByRole('button', { name: 'Forget everything', exact: true }).click();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await page.reload();
  await expect(learn.step(1).item).toHaveAttribute('aria-current', 'step');
});

test('lessons of one’s own: opened, done, and a broken file refused with its place', async ({ page }) => {
  const learn = new LearnPage(page);
  await page.goto('/learn');
  const input = page.locator('input[type=file]').first();
  const { SMALL_PACK } = await import('../lesson/testing/small-pack.ts');
  const file = (files: object) => ({
    name: 'mine.lessons.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ format: 1, files })),
  });
  await expect(learn.list).toBeVisible();
  await input.setInputFiles(file({ ...SMALL_PACK, 'hello/lesson.json': '{"format":2}' }));
  await expect(page.getByRole('alert')).toContainText('hello/lesson.json');
  await expect(learn.list.getByRole('link')).toHaveCount(PACK.lessons.length);
  await input.setInputFiles(file(SMALL_PACK));
  await expect(learn.list.getByRole('link')).toHaveText(['1. Say hello']);
  await page.reload();
  await expect(learn.list.getByRole('link')).toHaveText(['1. Say hello']);
  await page.getByRole('button', { name: 'Back to the lessons of this page' }).click();
  await expect(learn.list.getByRole('link')).toHaveCount(PACK.lessons.length);
});

test.describe('390 px wide, dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  test('lesson and workplace take turns, nothing sticks out, and axe finds nothing', async ({ page }) => {
    const learn = new LearnPage(page);
    const sticksOut = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.goto('/learn');
    await expect(learn.list).toBeVisible();
    await expectAccessible(page);
    await learn.open('endpoint');
    await expectAccessible(page);
    expect(await sticksOut()).toBeLessThanOrEqual(0);
    await page.getByRole('tab', { name: 'Workplace' }).click();
    await learn.play.connectTo(/Timestamp echo/);
    await page.getByRole('button', { name: 'Back to the lesson' }).click();
    await learn.step(1).toBeMet();
    await page.getByRole('tab', { name: 'Workplace' }).click();
    await expectAccessible(page);
    await expect(learn.play.closeButton).toBeVisible();
    expect(await sticksOut()).toBeLessThanOrEqual(0);
  });
});
