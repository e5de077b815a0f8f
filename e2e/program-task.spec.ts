import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './python-bench.ts';

const { task: t, share, shareLabel, examples } = en.program;
const TEXT = 'Send back every byte, and close when the client has ended.';
const server = (echo: string) => `import socket
s = socket.create_server(('127.0.0.1', 8009))
while True:
    conn, _ = s.accept()
    while data := conn.recv(100):
        conn.send(${echo})
    conn.close()
`;

test('a link carries a task: test clients connect to the server and say what passed', async ({ bench }) => {
  const { page, example } = bench;
  await example.selectOption({ label: examples.timestamp });
  await page.getByRole('button', { name: t.add }).click();
  const pane = page.getByRole('region', { name: t.label, exact: true });
  await pane.getByRole('textbox', { name: t.text }).fill(TEXT);
  const script = pane.getByRole('textbox', { name: t.script });
  const peers = await script.inputValue();
  await script.fill(`${peers},`);
  await expect(pane.getByRole('alert')).toBeVisible();
  await script.fill(peers);
  await expect(pane.getByRole('alert')).toHaveCount(0);
  await pane.getByRole('button', { name: t.done }).click();

  await page.getByRole('button', { name: share }).click();
  const link = await page.getByRole('textbox', { name: shareLabel }).inputValue();
  await example.selectOption({ label: examples.udp });
  await expect(pane).toHaveCount(0);
  await page.goto(link); // within the page: Python goes on
  await expect(pane.getByText(TEXT)).toBeVisible();

  const check = pane.getByRole('button', { name: t.check });
  const result = pane.getByRole('status', { name: t.result });
  await bench.server.write(server('data[:-1]'));
  await bench.server.run.click();
  await expect(bench.server.pane).toContainText(/accept blocked/);
  await check.click();
  await expect(result).toHaveText(t.passed(0, 1));
  await expect(
    pane
      .getByRole('listitem')
      .filter({ hasText: t.actions.expectBytes('hello') })
      .last(),
  ).toContainText(t.marks.failed);
  await expectAccessible(page);
  await bench.server.stop.click();
  await bench.server.write(server('data'));
  await bench.server.run.click();
  await expect(bench.server.pane).toContainText(/accept blocked/);
  await check.click();
  await expect(result).toHaveText(t.passed(1, 1));
  await bench.server.stop.click();
  // Edited programs are the person's own, and the task stays with them.
  await expect(pane.getByText(TEXT)).toBeVisible();
});
