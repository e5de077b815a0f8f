import { expect } from '@playwright/test';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { test } from './fixtures.ts';
import { PROGRAM_STORIES } from './lessons/program-stories.ts';
import { Learner } from './lessons/story.ts';
import { LearnPage } from './pages/learn-page.ts';

/** Every fifth lesson of the pack is told in Chinese too. */
const CHINESE = ['refused', 'faults', 'reset', 'chat'];

// Python starts once for each visit: 14 MB of WebAssembly for each program.
test.describe.configure({ timeout: 120_000 });

for (const [lesson, story] of Object.entries(PROGRAM_STORIES)) {
  test(`${lesson}, with its text as the only guide`, async ({ page, playground }) => {
    const learn = new LearnPage(page);
    await learn.open(lesson);
    await story(new Learner(learn, playground, lesson));
    await expect(learn.lesson.getByRole('region', { name: learn.words.learn.takeaway })).toBeVisible();
  });
}

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  for (const lesson of CHINESE) {
    test(`${lesson}, with its text as the only guide`, async ({ page, playground }) => {
      const learn = new LearnPage(page, zhCN);
      await learn.open(lesson);
      await PROGRAM_STORIES[lesson]?.(new Learner(learn, playground, lesson, 'zh-CN'));
      await expect(learn.lesson.getByRole('region', { name: zhCN.learn.takeaway })).toBeVisible();
    });
  }
});
