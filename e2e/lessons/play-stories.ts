import { expect } from '@playwright/test';
import type { Story } from './story.ts';

/** Lessons that are done on Play alone: each story does what the text says, and no more. */
export const PLAY_STORIES: Readonly<Record<string, Story>> = {
  endpoint: async (me) => {
    await me.predict('picked');
    await me.connect('Timestamp echo');
    await me.met('connect');
    await me.fill('own-port', 'own-port', me.port('Timestamp echo'));
    await expect(me.step('own-port').hint).not.toBeEmpty();
    await me.fill('own-port', 'own-port', await me.ownPort());
    await me.met('own-port');
    await me.play.connectButton.click();
    await me.choose('again', 'differs', 'own-port');
    await me.met('again');
  },
  calls: async (me) => {
    await me.predict('connection');
    await me.connect('Timestamp echo');
    await me.play.send('hello python');
    await me.met('hello');
    await me.fill('numbers', 'n', 1024);
    await me.fill('numbers', 'count', 12);
    await me.met('numbers');
    await me.play.closeButton.click();
    await me.met('close');
  },
  queue: async (me) => {
    const { compare } = me.learn.words;
    const button = (name: string) => me.learn.workplace.getByRole('button', { name, exact: true });
    await me.predict('unanswered');
    await me.play.view('compare').click();
    await me.learn.workplace.getByRole('radio', { name: compare.servers['Timestamp echo'], exact: true }).check();
    await button(compare.join('A')).click();
    await button(compare.join('B')).click();
    await button(compare.say).click();
    await me.met('wait');
    await button(compare.leave('A')).click();
    await me.met('turn');
    await button(compare.fill).click();
    await me.met('full');
    await me.choose('sentence', 'sentence', 'wait');
    await me.met('sentence');
    await button(compare.dismiss).click();
  },
  stream: async (me) => {
    const { boundaries } = me.learn.words;
    const button = (name: string) => me.learn.workplace.getByRole('button', { name, exact: true });
    await me.predict('either');
    await me.connect('Threaded echo');
    await me.play.view('boundaries').click();
    await button(boundaries.sendBoth).click();
    // Nobody promises it: "try again", says the hint.
    await expect(async () => {
      if (!(await me.step('join').isMet())) await button(boundaries.sendBoth).click();
      await expect(me.step('join').state).toHaveText(me.learn.words.learn.state.met, { timeout: 1_000 });
    }).toPass();
    await me.learn.workplace.getByRole('textbox', { name: boundaries.readSize }).fill('5');
    await button(boundaries.setReadSize).click();
    await me.play.send('Hello, world!');
    await me.met('cut');
    await me.connect('Trouble');
    await me.lineEnding('lf');
    await me.play.send('slice 3');
    await me.lineEnding('none');
    await me.play.send('abcdefghi');
    await me.met('slices');
  },
  'time-wait': async (me) => {
    const { sockets } = me.learn.words;
    await me.predict('first');
    const port = await me.play.listen();
    await me.connectTo(port);
    await expect(me.play.state).toContainText('ESTABLISHED');
    await me.play.acceptButton.click();
    await me.chooseSocket('peer', 1);
    await me.play.closeButton.click();
    await me.play.sockets
      .getByRole('button', { name: /^client|^客户端/ })
      .last()
      .click();
    await me.play.closeButton.click();
    await me.met('first');
    await me.play.sockets
      .getByRole('button', { name: /^listener|^监听/ })
      .first()
      .click();
    await me.play.closeButton.click();
    await me.learn.workplace.getByRole('button', { name: sockets.address, exact: true }).click();
    await me.learn.workplace.getByRole('textbox', { name: sockets.listenPort }).fill(String(port));
    await me.learn.workplace.getByRole('checkbox', { name: sockets.reuseAddress }).uncheck();
    await me.play.listenButton.click();
    await me.met('in-use');
    await me.learn.workplace.getByRole('checkbox', { name: sockets.reuseAddress }).check();
    await me.play.listenButton.click();
    await me.met('reuse');
    await me.play.listenButton.click();
    await me.met('two');
  },
};
