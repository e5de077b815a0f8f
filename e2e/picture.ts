import { writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../scripts/chromium.mjs';
import { startPlayground } from '../server/start-playground.ts';
import { MovingPicture } from './moving-picture.ts';
import { PlayPage } from './pages/play-page.ts';

// `npm run picture`: draws the README's moving picture, docs/first-echo.png, by playing the first echo on the page. The lab servers
// need their usual ports, so that the picture shows those of the README.

const FILE = 'docs/first-echo.png';
const TEXT = 'hello python';
const GLANCE = 350;
const LOOK = 1_600;
const READ = 3_200;

const playground = await startPlayground({ port: 0, logLevel: 'silent', state: undefined });
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1_440, height: 810 } });
  const play = new PlayPage(page, undefined, playground.url);
  const picture = new MovingPicture(page);

  await play.open();
  await page.getByRole('button', { name: 'No, thanks' }).click();
  await picture.show(LOOK);
  const echo = play
    .labServer(/Timestamp echo/)
    .getByRole('button')
    .first();
  await picture.click(echo, LOOK);
  await picture.click(play.connectButton, GLANCE);
  await play.state.filter({ hasText: 'ESTABLISHED' }).waitFor();
  await picture.show(READ);

  await picture.click(play.data, GLANCE);
  for (let end = 3; end <= TEXT.length; end += 3) {
    await play.data.fill(TEXT.slice(0, end));
    await picture.show(GLANCE);
  }
  await play.data.press('Enter');
  const answer = play.ladder.getByRole('gridcell', { name: /^recv\(\d+\) → 42 B/ }).last();
  await answer.waitFor();
  await picture.show(READ);
  await picture.click(answer, READ);
  await picture.click(play.view('boundaries'), READ);
  await picture.click(play.view('ladder'), GLANCE);
  await picture.click(play.closeButton, GLANCE);
  await play.state.filter({ hasText: 'CLOSED' }).waitFor();
  await picture.show(READ);

  const bytes = picture.encoded();
  await writeFile(FILE, bytes);
  console.log(`${FILE}: ${picture.length} frames, ${(bytes.length / 1e6).toFixed(2)} MB`);
} finally {
  await browser.close();
  await playground.close();
}
