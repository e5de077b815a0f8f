import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
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
