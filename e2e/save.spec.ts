import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Download, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { parseRecording } from '../trace/export/recording-json.ts';
import { readPcapng } from '../trace/testing/pcapng-reader.ts';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';
import type { PlayPage } from './pages/play-page.ts';

/** Chooses an item of the menu of a button, and waits for the file that the browser is given. */
async function save(page: Page, item: RegExp): Promise<Download> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return download;
}
async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}
/** Our own end's read of the answer. */
function received({ ladder }: PlayPage): Locator {
  return ladder.getByRole('gridcell', { name: /^recv\(\d+\) → 12 B/ }).first();
}
const hasPython = spawnSync('python3', ['--version']).status === 0;

test.describe('a conversation', () => {
  test.beforeEach(async ({ play }) => {
    await play.open();
    await play.connectTo(/Raw echo/);
    await play.send('hello python');
    await expect(received(play)).toBeVisible();
  });

  test('is saved as a capture with the same bytes', async ({ page, playground }) => {
    const download = await save(page, /pcapng/);
    expect(download.suggestedFilename()).toMatch(/^socket-playground-[\dT-]+\.pcapng$/);
    const { packets } = readPcapng(await bytesOf(download));
    const server = `127.0.0.1 ${labPort(playground, 'Raw echo')}`;
    const said = packets.filter(({ payload }) => payload.length > 0);
    expect(said.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['hello python', 'hello python']);
    expect(said.map(({ destination }) => destination === server)).toEqual([true, false]);
  });

  test('is saved as JSON, read back into the list, and replayed', async ({ page, play }) => {
    const file = await bytesOf(await save(page, /JSON/));
    const [recorded] = parseRecording(file.toString()).sockets;
    expect(Buffer.from(recorded?.received.slice(0, 100) ?? []).toString()).toBe('hello python');

    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await (await chooser).setFiles({ name: 'session.json', mimeType: 'application/json', buffer: file });
    await expect(page.getByText('1 socket read back.')).toBeVisible();
    await expect(play.sockets.getByRole('listitem')).toHaveCount(2);
    await expect(play.state).toContainText('CLOSED');
    await expect(received(play)).toBeVisible();

    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('menuitem', { name: /Wait for each reply/ }).click();
    await expect(play.sockets.getByRole('listitem')).toHaveCount(3);
    await expect(page.getByText('Replayed to the end.')).toBeVisible();
    await expect(play.state).toContainText('ESTABLISHED');
    await expect(received(play)).toBeVisible();
  });

  test('is saved as a Python program that has it again', async ({ page }) => {
    test.skip(!hasPython, 'there is no python3 here');
    const program = await bytesOf(await save(page, /Python script/));
    // Not spawnSync: the server that it talks to lives in this very process.
    const { stdout, stderr } = await promisify(execFile)('python3', ['-c', program.toString()]);
    expect(stderr).toBe('');
    expect(stdout).toBe("b'hello python'\n");
  });

  test('is offered by a menu that the keyboard works', async ({ page }) => {
    const button = page.getByRole('button', { name: 'Save', exact: true });
    await button.focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: /pcapng/ })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('menuitem', { name: /Python/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu', { name: 'Save' })).toBeHidden();
    await expect(button).toBeFocused();
    await button.click();
    await expect(page.getByRole('menu', { name: 'Save' })).toBeVisible();
    await button.click();
    await expect(page.getByRole('menu', { name: 'Save' })).toBeHidden();
  });
});

test('a file that is no recording is refused with its reason, and nothing changes', async ({ page, play }) => {
  await play.open();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await (await chooser).setFiles({
    name: '<b>evil.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"a":1}'),
  });
  await expect(play.alert).toContainText('“<b>evil.json” cannot be opened.');
  await expect(play.alert).toContainText('no recording of Socket Playground');
  await expect(play.sockets.getByRole('listitem')).toHaveCount(0);
  await expectAccessible(page);
});
