import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { test } from './python-bench.ts';

const { files: t, args } = en.program;

test('programs share a folder: a module, a file that one writes and the other reads, arguments; all of it is kept', async ({
  bench: program,
}) => {
  const { page, server, client, example } = program;
  await example.selectOption({ label: en.program.examples.udp });
  await server.write(
    "import sys, helper\nprint(helper.greet(sys.argv[1]))\nwith open('log.txt', 'w') as log:\n    log.write(sys.argv[2])\ninput()\n",
  );
  await client.write("print(open('log.txt').read(), open(__file__).read(5))\n");
  await page.getByRole('tab', { name: t.view }).click();
  await page.getByRole('textbox', { name: t.name }).fill('helper.py');
  await page.getByRole('button', { name: t.create }).click();
  const text = page.getByRole('textbox', { name: t.text('helper.py') });
  await text.click();
  await page.keyboard.type("def greet(who): return 'hello ' + who");
  await server.pane.getByRole('textbox', { name: args('server.py') }).fill("Ada 'two words'");
  await server.run.click();
  await expect(server.output).toContainText('hello Ada');
  await expect(server.state).toHaveText('waiting for you');
  const list = page.getByRole('list', { name: t.label });
  await expect(list.getByRole('listitem')).toHaveText([/^helper\.py/, /^log\.txt9 B/]);
  await expectAccessible(page);
  await client.run.click();
  await expect(client.output).toContainText('two words print');
  await server.stop.click();
  await expect(server.state).toHaveText(/ended/);

  // Another tab, as tomorrow's: what it shows needs no Python.
  const later = await page.context().newPage();
  await later.goto('/program');
  const kept = later.getByRole('list', { name: t.label }).getByRole('listitem');
  await expect(later.getByRole('textbox', { name: args('server.py') })).toHaveValue("Ada 'two words'");
  await expect(kept).toHaveText([/^helper\.py/, /^log\.txt/]);
  const download = later.waitForEvent('download');
  await later.getByRole('button', { name: t.downloadHint('log.txt') }).click();
  expect((await download).suggestedFilename()).toBe('log.txt');
  await later.getByRole('button', { name: t.deleteHint('log.txt') }).click();
  await expect(kept).toHaveText([/^helper\.py/]);
  await later.close();
  await page.getByRole('tab', { name: en.session.views.ladder }).click();
});
