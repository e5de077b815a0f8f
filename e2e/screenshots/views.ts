import { expect, type Page } from '@playwright/test';
import type { ClassWords } from '../../web/i18n/en/teach.ts';
import type { Messages } from '../../web/i18n/en.ts';
import { LearnPage } from '../pages/learn-page.ts';
import { PlayPage } from '../pages/play-page.ts';
import { ProgramPage } from '../pages/program-page.ts';
import { TeachPage } from '../pages/teach-page.ts';

export type Visit = {
  readonly page: Page;
  readonly url: string;
  readonly teachKey: string;
  readonly words: Messages;
  readonly classWords: ClassWords;
};
/** Each goes on from where the one before it has left the page. */
export type View = { readonly name: string; readonly show: (visit: Visit) => Promise<void> };

const TALK = ['hello python', '你好，世界', 'a longer line, to see where it is cut, and where it breaks'];

/** In the order of the lab's list. */
const TIMESTAMP = 0;
const TROUBLE = 4;

export const VIEWS: readonly View[] = [
  { name: 'play-empty', show: async (visit) => playOf(visit).open() },
  { name: 'play-ladder', show: talk },
  ...(['table', 'stream', 'boundaries', 'compare', 'room', 'ports'] as const).map((view) => ({
    name: `play-${view}`,
    show: async (visit: Visit) => await playOf(visit).view(view).click(),
  })),
  ...(['text', 'kernel', 'code'] as const).map((tab) => ({
    name: `play-inspector-${tab}`,
    async show(visit: Visit) {
      const play = playOf(visit);
      await play.view('ladder').click();
      const inspect = visit.page.getByRole('button', { name: visit.words.app.play.showInspector, exact: true });
      if (await inspect.isVisible()) await inspect.click();
      await play.inspector.getByRole('tab', { name: visit.words.inspector.tab[tab], exact: true }).click();
    },
  })),
  ...(['options', 'trouble', 'families'] as const).map((panel) => ({
    name: `play-${panel}`,
    async show({ page, words }: Visit) {
      const hide = page.getByRole('button', { name: words.app.play.hideInspector, exact: true });
      if (await hide.isVisible()) await hide.click();
      await page.getByRole('button', { name: words[panel].button, exact: true }).click();
      await expect(page.getByRole('region', { name: words[panel].title, exact: true })).toBeVisible();
    },
  })),
  {
    name: 'play-message-tools',
    async show(visit) {
      await visit.page.keyboard.press('Escape');
      await playOf(visit).toolsButton.click();
      await expect(playOf(visit).tools).toBeVisible();
    },
  },
  {
    name: 'play-by-hand',
    async show(visit) {
      const play = playOf(visit);
      await play.toolsButton.click();
      await play.view('ladder').click();
      const { byItself } = visit.words.session.reading;
      await visit.page.getByRole('checkbox', { name: byItself }).uncheck();
      await play.data.fill('hello');
      await play.data.press('Enter');
    },
  },
  {
    name: 'play-listener',
    async show(visit) {
      await playOf(visit).listenButton.click();
      await expect(playOf(visit).state).toContainText('LISTEN');
    },
  },
  { name: 'play-trouble-server', show: async (visit) => await connectTo(visit, TROUBLE) },
  {
    name: 'play-refused',
    async show(visit) {
      const play = playOf(visit);
      await play.port.fill('64999');
      await play.connectButton.click();
      await expect(play.state).toContainText('ECONNREFUSED');
    },
  },
  {
    name: 'play-experiment',
    async show(visit) {
      const { tryOut } = visit.words.app;
      await playOf(visit).tryOut.getByRole('button', { name: tryOut.names.twoLetters }).click();
    },
  },
  {
    name: 'play-keys',
    async show({ page, words }) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: words.app.footer.shortcuts }).click();
    },
  },
  {
    name: 'learn-list',
    async show({ page, url, words }) {
      await page.goto(`${url}learn`);
      await expect(page.getByRole('navigation', { name: words.learn.lessons, exact: true })).toBeVisible();
    },
  },
  {
    name: 'learn-lesson',
    show: async ({ page, url, words }) => await new LearnPage(page, words, url).open('calls'),
  },
  {
    name: 'program',
    async show({ page, url, words }) {
      const program = new ProgramPage(page, words, url);
      await page.goto(`${url}program`);
      await program.server.run.click();
      await program.client.run.click();
      await expect(program.ladder).toContainText('accept()');
    },
  },
  {
    name: 'teach-create',
    async show({ page, url, teachKey, classWords }) {
      await new TeachPage(page, classWords).open(url, teachKey);
      await expect(page.getByRole('textbox', { name: classWords.teach.create.name })).toBeVisible();
    },
  },
  {
    name: 'teach-join',
    async show({ page, classWords }) {
      await new TeachPage(page, classWords).create('net-101');
    },
  },
  {
    name: 'teach-class',
    show: async ({ page, classWords }) =>
      await new TeachPage(page, classWords).button(classWords.teach.join.close).click(),
  },
];

function playOf({ page, words, url }: Visit): PlayPage {
  return new PlayPage(page, words, url);
}
async function connectTo(visit: Visit, server: number): Promise<void> {
  const play = playOf(visit);
  await play.labServers.getByRole('listitem').nth(server).getByRole('button').first().click();
  await play.connectButton.click();
  await expect(play.state).toContainText('ESTABLISHED');
}
async function talk(visit: Visit): Promise<void> {
  const play = playOf(visit);
  await connectTo(visit, TIMESTAMP);
  for (const line of TALK) await play.send(line);
  await expect(
    play.ladder
      .getByRole('row')
      .filter({ hasText: /\] b'a longer/ })
      .first(),
  ).toBeVisible();
  await play.ladder
    .getByRole('gridcell', { name: /^send\(/ })
    .first()
    .click();
}
