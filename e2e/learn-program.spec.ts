import { expect } from '@playwright/test';
import { zhCN } from '../web/i18n/zh-CN.ts';
import { test } from './fixtures.ts';
import { PROGRAM_STORIES } from './lessons/program-stories.ts';
import { Learner } from './lessons/story.ts';
import { LearnPage } from './pages/learn-page.ts';

/** With LESSONS=third a third of them, another one each day; with LESSONS=all every one. */
const THIRDS = 3;
const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) % THIRDS;
const isAll = process.env['LESSONS'] === 'all';
const stories = Object.entries(PROGRAM_STORIES).filter((_, index) => isAll || index % THIRDS === today);
/** Every fifth lesson of the pack, in Chinese. */
const CHINESE = ['refused', 'faults', 'reset', 'chat'];
const inChinese = CHINESE.filter((_, index) => isAll || index % THIRDS === today);

// Python starts once for each visit: 14 MB of WebAssembly for each program.
test.describe.configure({ timeout: 120_000 });

for (const [lesson, story] of stories) {
  test(`${lesson}, with its text as the only guide`, async ({ page, playground }) => {
    const learn = new LearnPage(page);
    await learn.open(lesson);
    await story(new Learner(learn, playground, lesson));
    await expect(learn.lesson.getByRole('region', { name: learn.words.learn.takeaway })).toBeVisible();
  });
}

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  for (const lesson of inChinese) {
    test(`${lesson}, with its text as the only guide`, async ({ page, playground }) => {
      const learn = new LearnPage(page, zhCN);
      await learn.open(lesson);
      await PROGRAM_STORIES[lesson]?.(new Learner(learn, playground, lesson, 'zh-CN'));
      await expect(learn.lesson.getByRole('region', { name: zhCN.learn.takeaway })).toBeVisible();
    });
  }
});
