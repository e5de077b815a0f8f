import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './python-bench.ts';

const { files: t, args } = en.program;

test('programs share a folder: a module beside them, and a file that one writes and the other reads', async ({
  bench: { page, server, client, example },
}) => {
  await example.selectOption({ label: en.program.examples.udp });
  await server.write(
    "import sys, helper\nprint(helper.greet(sys.argv[1]))\nwith open('log.txt', 'w') as log:\n    log.write(sys.argv[2])\ninput()\n",
  );
  await client.write("print(open('log.txt').read(), open(__file__).read(5))\n");
  await page.getByRole('tab', { name: t.view }).click();
  await page.getByRole('textbox', { name: t.name }).fill('helper.py');
  await page.getByRole('button', { name: t.create }).click();
  await page.getByRole('textbox', { name: t.text('helper.py') }).click();
  await page.keyboard.insertText("def greet(who): return 'hello ' + who");
  await server.pane.getByRole('textbox', { name: args('server.py') }).fill("Ada 'two words'");
  await server.run.click();
  await expect(server.output).toContainText('hello Ada');
  const list = page.getByRole('list', { name: t.label });
  await expect(list.getByRole('listitem')).toHaveText([/^helper\.py/, /^log\.txt9 B/]);
  await client.run.click();
  await expect(client.output).toContainText('two words print');
  await server.type('');
  await expect(server.state).toHaveText('ended');
  await page.getByRole('tab', { name: en.session.views.ladder }).click();
});

test('files and arguments are there again after a reload, until they are deleted', async ({ page }) => {
  const list = page.getByRole('list', { name: t.label }).getByRole('listitem');
  const ofServer = page.getByRole('textbox', { name: args('server.py') });
  await page.goto('/program');
  await ofServer.fill('127.0.0.1 8009');
  await page.getByRole('tab', { name: t.view }).click();
  await page.getByLabel(t.upload, { exact: true }).setInputFiles([
    { name: 'users.json', mimeType: 'application/json', buffer: Buffer.from('{}') },
    { name: 'picture.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 2]) },
  ]);
  await expect(list).toHaveText([/^picture\.bin3 B/, /^users\.json2 B/]);
  await page.reload();
  await expect(ofServer).toHaveValue('127.0.0.1 8009');
  await expect(list).toHaveText([/^picture\.bin3 B/, /^users\.json2 B/]);
  await page.getByRole('button', { name: 'users.json', exact: true }).click();
  await expect(page.getByRole('textbox', { name: t.text('users.json') })).toHaveText('{}');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t.downloadHint('picture.bin') }).click();
  expect((await download).suggestedFilename()).toBe('picture.bin');
  await page.getByRole('button', { name: t.deleteHint('picture.bin') }).click();
  await expect(list).toHaveText([/^users\.json/]);
});

test('trouble between the programs is chosen in a tab, and said while it is on', async ({ page }) => {
  await page.goto('/program');
  await page.getByRole('tab', { name: en.trouble.button }).click();
  const proxied = page.getByRole('checkbox', { name: en.trouble.proxied });
  await proxied.check();
  await expect(page.getByText(en.program.troubled)).toBeVisible();
  await page.getByRole('tab', { name: en.session.views.ladder }).click();
  await expect(page.getByText(en.program.troubled)).toBeVisible();
  await page.getByRole('tab', { name: en.trouble.button }).click();
  await expect(proxied).toBeChecked();
  await expectAccessible(page);
  await proxied.uncheck();
  await expect(page.getByText(en.program.troubled)).toHaveCount(0);
});
