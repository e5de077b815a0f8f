import { expect } from '@playwright/test';
import { outside } from '../web/i18n/en/outside.ts';
import { en } from '../web/i18n/en.ts';
import { expectAccessible } from './accessibility.ts';
import { ProgramPage } from './pages/program-page.ts';
import { test } from './python-bench.ts';

const { program: t } = en;
const ASKS = "for line in (input('first: '), input('second: ')):\n    print('heard', line)\n";

test('what a person wrote stays: an example takes nothing of it away, and it can be named, taken along and deleted', async ({
  bench: { page, client, example },
}) => {
  await example.selectOption({ label: t.examples.udp });
  await client.write("print('mine')\n");
  const name = page.getByRole('textbox', { name: t.name });
  // Tests share the page: there may be programs of before.
  await expect(name).toHaveValue(new RegExp(`^${t.notes.own(1).replace('1', '\\d+')}$`));
  await name.fill('Homework');
  await name.press('Enter');
  await example.selectOption({ label: t.examples.timestamp });
  await expect(client.editor).toContainText('client.connect(ADDR)');
  await example.selectOption({ label: 'Homework' });
  await expect(client.editor).toContainText("print('mine')");

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t.zip }).click();
  expect((await download).suggestedFilename()).toBe('programs.zip');

  await page.getByRole('button', { name: t.forgetHint('Homework') }).click();
  await expect(example.getByRole('option', { name: 'Homework' })).toHaveCount(0);
});

test('lines of input go with a link where the person says so: filled in there, and sent by Enter alone', async ({
  bench: { page, server },
}) => {
  await server.write(ASKS);
  await server.run.click();
  await server.type('hello');
  await server.type('bye');
  await expect(server.output).toContainText('heard bye');
  await page.getByRole('button', { name: t.share }).click();
  const link = page.getByRole('textbox', { name: t.shareLabel });
  const without = await link.inputValue();
  await page.getByRole('checkbox', { name: t.shareInput(2) }).check();
  await expect(link).not.toHaveValue(without);

  const other = new ProgramPage(await page.context().newPage());
  await other.page.goto(await link.inputValue());
  await other.serverReady();
  await other.server.run.click();
  await expect(other.server.input).toHaveValue('hello');
  await expect(other.server.state).toHaveText(t.status.waiting);
  await other.server.input.press('End');
  await other.server.input.pressSequentially('!');
  await other.server.input.press('Enter');
  await expect(other.server.input).toHaveValue('bye');
  await other.server.input.press('Enter');
  await expect(other.server.output).toContainText('heard hello!');
  await expect(other.server.output).toContainText('heard bye');
  await other.page.close();
});

test('what runs the programs in a terminal, and what connects to them from there, is copied', async ({
  bench: { page, server },
}) => {
  await server.write(
    "import socket\nserver = socket.create_server(('127.0.0.1', 0))\nprint(server.getsockname()[1])\nserver.accept()\n",
  );
  await server.clear();
  await server.run.click();
  await page.getByRole('button', { name: t.outside }).click();
  const panel = page.getByRole('region', { name: outside.label });
  await panel.getByRole('button', { name: outside.copyOf(outside.run('server.py')) }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('python3 server.py');
  await expect(server.output).toHaveText(/\d+/);
  const port = Number(/\d+/.exec((await server.output.textContent()) ?? '')?.[0]);
  await panel.getByRole('button', { name: outside.copyOf(outside.connect('server.py', port)) }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`nc 127.0.0.1 ${port}`);
  await expectAccessible(page);
  await server.stop.click();
  await panel.getByRole('button', { name: outside.close }).click();
});
