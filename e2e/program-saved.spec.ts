import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { test } from './python-bench.ts';

const { program: t } = en;

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
