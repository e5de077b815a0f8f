import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { chromiumOptions } from '../../scripts/chromium.mjs';
import { startPlayground, type TestPlayground } from '../../testing/kit/packaged-playground.ts';
import { classWords } from '../../web/i18n/en/teach.ts';
import { en } from '../../web/i18n/en.ts';
import { classWords as zhClassWords } from '../../web/i18n/zh-CN/teach.ts';
import { zhCN } from '../../web/i18n/zh-CN.ts';
import { cutTexts } from './cut-texts.ts';
import { VIEWS, type Visit } from './views.ts';

/**
 * `npm run screenshots -- FOLDER [WORD]`: every page and its views, in both languages, both themes and forced colours, at four sizes; of views
 * with WORD in their name alone. It prints which texts are cut, or stick out at the side. The page has to be built.
 */
const SIZES = [
  [1_440, 900],
  [1_280, 720],
  [390, 844],
  // Zoom 200 % at the first.
  [720, 450],
] as const;
const LANGUAGES = [
  { locale: 'en-US', name: 'en', words: en, classWords },
  { locale: 'zh-CN', name: 'zh', words: zhCN, classWords: zhClassWords },
];
const LOOKS = [
  { name: 'light', colours: { colorScheme: 'light' } },
  { name: 'dark', colours: { colorScheme: 'dark' } },
  { name: 'forced', colours: { forcedColors: 'active' } },
] as const;
type Language = (typeof LANGUAGES)[number];
type Look = (typeof LOOKS)[number];

const [folder, word = ''] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Where to? npm run screenshots -- FOLDER\n');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(chromiumOptions());
try {
  for (const language of LANGUAGES) {
    for (const look of LOOKS) {
      await using playground = await startPlayground();
      await picture(browser, playground, language, look, folder);
    }
  }
} finally {
  await browser.close();
}

async function picture(
  from: Browser,
  { url, teachKey }: TestPlayground,
  language: Language,
  look: Look,
  to: string,
): Promise<void> {
  const { locale, name, words, classWords: ofClass } = language;
  const context = await from.newContext({ locale, ...look.colours, viewport: { width: 1_440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const visit: Visit = { page, url, teachKey, words, classWords: ofClass };
  for (const view of VIEWS) {
    await page.setViewportSize({ width: 1_440, height: 900 });
    try {
      await view.show(visit);
    } catch (error) {
      process.stdout.write(`${view.name} ${name} ${look.name}: ${String(error).slice(0, 400)}\n`);
    }
    if (!view.name.includes(word)) continue;
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      // Two frames: a list that is virtual measures itself in the first.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const title = `${view.name}-${name}-${look.name}-${width}x${height}`;
      await page.screenshot({ path: join(to, `${title}.png`), animations: 'disabled' });
      for (const text of await cutTexts(page)) process.stdout.write(`${title}: ${text}\n`);
    }
  }
  await context.close();
}
