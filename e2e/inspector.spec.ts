import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('the bytes under a selection are read as numbers and as text', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.sendAs('hex').check({ force: true });
  await play.send('01 02 00 00');
  await expect(play.inspector).toContainText('→ 4 bytes');
  await play.bytes.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await expect(play.bytes.getByRole('gridcell', { selected: true })).toHaveText(['01', '02', '00', '00']);
  const int32 = play.inspector.getByRole('row', { name: /^int32/ });
  await expect(int32.getByRole('cell')).toHaveText(['16908288', '513']);
  await page.keyboard.press('ArrowLeft');
  await expect(play.inspector).toContainText('0x00 · 0 · 0b00000000');
  await expectAccessible(page);
});

test('text shows where it breaks, and what came back beside what was sent', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('你好');
  await play.inspector.getByRole('tab', { name: 'Text' }).click();
  const diff = play.inspector.getByRole('region', { name: 'Diff' });
  await expect(diff).toContainText('All 6 bytes came back, as Python writes them.');
  await expect(diff.getByRole('listitem').filter({ hasText: '你' })).toContainText('\\xe4\\xbd\\xa0');
  await expectAccessible(page);

  await play.sendAs('hex').check({ force: true });
  await play.send('61 ff 62');
  await play.ladder.getByRole('row', { name: /send\(b'a\\xffb'\)/ }).click();
  await expect(play.inspector.locator('mark')).toHaveText(['\\xff']);
  await expect(play.inspector).toContainText('1 place cannot be read as UTF-8 here.');
});

test('of several exchanges each is compared with its own answer, and bytes that are no text are told apart', async ({
  play,
}) => {
  await play.open();
  await play.connectTo(/Timestamp echo/);
  await play.send('one');
  await play.send('three');
  await expect(play.ladder).toContainText("] b'three'");
  await play.inspector.getByRole('tab', { name: 'Text' }).click();
  const diff = play.inspector.getByRole('region', { name: 'Diff' });
  await play.ladder.getByRole('row', { name: /send\(b'one'\)/ }).click();
  await expect(diff).toContainText('All 3 bytes came back, as Python writes them.');
  await expect(diff).not.toContainText('three');
  await play.ladder.getByRole('row', { name: /send\(b'three'\)/ }).click();
  await expect(diff).toContainText('All 5 bytes came back, as Python writes them.');

  await play.connectTo(/Raw echo/);
  await play.inspector.getByRole('tab', { name: 'Text' }).click();
  await play.sendAs('hex').check({ force: true });
  await play.send('00 ff 80 41');
  await expect(diff).toContainText('All 4 bytes came back as they were sent.');
  await expect(diff.getByRole('listitem').filter({ hasText: '\\xff' })).not.toHaveCount(0);
});

test('the kernel tells of the connection while somebody looks', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('hello');
  await play.inspector.getByRole('tab', { name: 'Kernel' }).click();
  const path = play.inspector.getByRole('list', { name: 'States so far' });
  await expect(path.getByRole('listitem')).toHaveText(['CLOSEDobserved', 'SYN-SENTinferred', 'ESTABLISHEDobserved']);
  if (process.platform === 'linux') await expect(play.inspector.getByText(/^\d+ segments?$/).first()).toBeVisible();
  await expectAccessible(page);
  await play.closeButton.click();
  await expect(path.getByRole('listitem').last()).toContainText(/FIN-WAIT|TIME-WAIT/);
});

test('the conversation is a program in four languages', async ({ page, play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('hello');
  await play.inspector.getByRole('tab', { name: 'Code' }).click();
  const program = play.inspector.getByRole('region', { name: 'Program' });
  await expect(program).toContainText("sendall(b'hello')");
  for (const [language, text] of [
    ['Node', "from 'node:net'"],
    ['nc + xxd', 'xxd'],
    ['C', '#include <sys/socket.h>'],
  ] as const) {
    await play.inspector.getByRole('radio', { name: language, exact: true }).check({ force: true });
    await expect(program).toContainText(text);
  }
  await expectAccessible(page);
});
