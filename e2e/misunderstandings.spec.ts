import { expect, type Locator, type Page } from '@playwright/test';
import { experiments } from '../web/i18n/en/experiments.ts';
import { serverViews as words } from '../web/i18n/en/server-views.ts';
import { test } from './fixtures.ts';
import type { PlayPage } from './pages/play-page.ts';

// docs/misunderstandings.md, row by row: what it says to press shows what it says is seen. A minute for each is its promise; a
// whole test has no more (playwright.config.ts).

test.skip(process.platform !== 'linux', 'queues and states are Linux’s');

test('what beginners get wrong about bytes can be seen: 1, 2, 6, 7, 8, 9', async ({ page, play }) => {
  await play.open();
  await test.step('1: one send is one recv', async () => {
    await experiment(play, 'Cut it', experiments.questions.cut.act);
    await expect(page.getByText(/^1 send, 4 reads: .* 3 cut \(✂\)$/)).toBeVisible();
  });
  await test.step('9: text is bytes', async () => {
    await play.view('ladder').click();
    await play.ladder
      .getByRole('gridcell', { name: /^recv\(4\) → 4 B/ })
      .nth(1)
      .click();
    await play.inspector.getByRole('tab', { name: 'Text' }).click();
    await expect(play.inspector.getByRole('tabpanel', { name: 'Text' })).toContainText(
      'The start of a character that goes on in the next call',
    );
    await play.ladder.getByRole('gridcell', { name: /^send\(.*→ 15$/ }).click();
    await expect(play.inspector.getByRole('region', { name: 'Diff' })).toContainText('Answer 1 of 4:');
  });
  await test.step('2: recv(1024) waits for 1024 bytes', async () => {
    await play.connectTo(/Raw echo/);
    await readByItself(page).uncheck();
    await recv(page).click();
    await expect(page.getByText('recv(1024) waits for bytes')).toBeVisible();
    await play.send('hello');
    await expect(play.ladder).toContainText('recv(1024) → 5 B');
  });
  await test.step('8: b’’ is “nothing yet”', async () => {
    await page.getByRole('button', { name: 'Options', exact: true }).click();
    const byHand = page
      .getByRole('group', { name: 'At the next connect()' })
      .getByRole('checkbox', { name: 'recv by hand' });
    await byHand.check();
    await play.connectTo(/Raw echo/);
    await recv(page).click();
    await expect(page.getByText('recv(1024) waits for bytes')).toBeVisible();
    await play.choose(/Daytime/);
    await play.connectButton.click();
    const ends = play.ladder.getByRole('gridcell', { name: /^recv\(1024\) → b''/ });
    await expect(recv(page)).not.toHaveAttribute('aria-disabled', 'true');
    await recv(page).click();
    await expect(play.ladder.getByRole('gridcell', { name: /^recv\(1024\) → 26 B/ })).toBeVisible();
    for (const times of [1, 2, 3, 4]) {
      await recv(page).click();
      await expect(ends).toHaveCount(times);
    }
    await byHand.uncheck();
    await page.keyboard.press('Escape');
  });
  await test.step('6: send() has returned, so it has arrived and was read', async () => {
    await play.listen();
    await readByItself(page).uncheck();
    await page.getByRole('button', { name: 'Connect a client from here' }).click();
    await play.socket('listener 1').click();
    await play.acceptButton.click();
    await latest(play, 'client').click();
    await play.send('hello');
    const where = page.getByRole('button', { name: 'Where are the bytes?' });
    // It is open already where a socket was read by hand before.
    if ((await where.getAttribute('aria-expanded')) !== 'true') await where.click();
    const picture = page.getByRole('region', { name: 'Four stations' });
    await expect(picture).toContainText('Their program has not read them');
    await expect(play.ladder).toContainText("send(b'hello') → 5");
  });
  await test.step('7: after the other end has gone, the next send fails', async () => {
    await experiment(play, 'Two letters', experiments.questions.twoLetters.act);
    await expect(play.ladder).toContainText("send(b'first') → 5");
    await expect(play.ladder).toContainText(/send\(6 B\)\s*→ EPIPE/);
  });
});

test('what beginners get wrong about servers can be seen: 3, 4, 5, 10', async ({ page, play }) => {
  const room = page.getByRole('region', { name: words.room.label });
  const place = (name: string): Locator => room.getByRole('region', { name }).getByRole('listitem');
  await play.open();
  await test.step('3: each client gets a new server port', async () => {
    await play.connectTo(/Threaded echo/);
    await play.connectButton.click();
    await play.view('ports').click();
    const board = page.getByRole('region', { name: /^The sockets of port/ });
    await expect(board.getByRole('button')).toHaveCount(2);
    await expect(board.getByRole('status')).toContainText('2 sockets of the server have the same port');
    await board.getByRole('button').first().click();
    await expect(board.getByRole('status')).toContainText('belongs to this pair alone');
  });
  await test.step('5: listen(5) is five clients, and the next is refused', async () => {
    await play.connectTo(/Timestamp echo/);
    await play.view('room').click();
    await expect(place(words.room.counter).filter({ hasText: 'client' })).toHaveCount(1);
    for (let more = 0; more < 7; more += 1) await room.getByRole('button', { name: words.another }).click();
    await expect(place(words.room.room).filter({ hasText: 'client' })).toHaveCount(6);
    await expect(room).toContainText('listen(5): 6 places, because Linux lets one more in');
    await expect(place(words.room.street).filter({ hasText: /SYNs? sent, no answer/ })).toHaveCount(1);
  });
  await test.step('4: accept() makes the connection', async () => {
    await play.view('ladder').click();
    await play.listen();
    await page.getByRole('button', { name: 'Connect a client from here' }).click();
    await play.view('room').click();
    const waiting = place(words.room.room).filter({ hasText: 'client' });
    await expect(waiting).toHaveCount(1);
    await room.getByRole('button', { name: words.accept }).click();
    await expect(place(words.room.counter).filter({ hasText: 'peer 1' })).toContainText('client');
    await expect(waiting).toHaveCount(0);
    await play.socket('peer 1').click();
    await play.view('ladder').click();
    await expect(play.ladder.getByRole('row', { name: /accept\(\)/ })).not.toContainText('SYN');
  });
  await test.step('10: “address in use” means another program', async () => {
    for (const socket of [latest(play, 'peer'), latest(play, 'client'), play.socket('listener 1')]) {
      await socket.click();
      await play.closeButton.click();
    }
    await play.view('ports').click();
    const diary = page.getByRole('region', { name: /^What has happened on port/ });
    const entry = (name: string): Locator => diary.getByRole('listitem').filter({ hasText: name });
    await expect(entry('peer 1')).toContainText('TIME-WAIT');
    await diary.getByRole('button', { name: words.ports.withoutReuse, exact: true }).click();
    await expect(entry('listener 2')).toContainText('EADDRINUSE');
    await diary.getByRole('button', { name: words.ports.withReuse }).click();
    await expect(entry('listener 3')).toContainText('LISTEN');
  });
});

/** Chooses an experiment of the strip, does what its question is about, and waits for the sentence after. */
async function experiment({ page, tryOut }: PlayPage, name: string, act: string): Promise<void> {
  await tryOut.getByRole('button', { name }).click();
  const asked = page.getByRole('region', { name: experiments.label });
  await asked.getByRole('button', { name: act }).click();
  await expect(asked.getByRole('status')).not.toBeEmpty();
  await asked.getByRole('button', { name: experiments.close }).click();
}
/** The button of the newest of My sockets that is called so. */
function latest({ sockets }: PlayPage, name: 'client' | 'peer'): Locator {
  return sockets.getByRole('button', { name: new RegExp(`^${name} \\d+$`) }).last();
}
function readByItself(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Read by itself' });
}
function recv(page: Page): Locator {
  return page.getByRole('button', { name: 'recv', exact: true });
}
