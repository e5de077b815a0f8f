import { expect } from '@playwright/test';
import { test } from './python-bench.ts';

const FAILING = `import threading
def fail():
    raise KeyError('in the thread')
thread = threading.Thread(target=fail)
thread.start()
thread.join()
raise ValueError('at the end')
`;

test('spaces stay beside colours', async ({ bench: { server } }) => {
  await server.clear();
  await server.write("print('    \\x1b[31mfour\\x1b[0m')\nprint('----\\x1b[32mbeside\\x1b[0m')\n");
  await server.run.click();
  await expect(server.state).toHaveText('ended');
  const left = async (text: string) => (await server.output.getByText(text, { exact: true }).boundingBox())?.x;
  expect(await left('four')).toBe(await left('beside'));
});

test('a traceback is coloured, in a thread and in the main program', async ({ bench: { server } }) => {
  await server.clear();
  await server.write(FAILING);
  await server.run.click();
  await expect(server.state).toHaveText('ended, code 1');
  const color = 'rgb(138, 62, 168)';
  await expect(server.output.getByText('KeyError', { exact: true })).toHaveCSS('color', color);
  await expect(server.output.getByText('ValueError', { exact: true })).toHaveCSS('color', color);
});

test('a progress bar is drawn over itself, and stays to be read where its program waits for the keyboard', async ({
  bench,
}) => {
  const { server } = bench;
  await server.clear();
  await server.write("for done in (9, 50, 100):\n    print(f'{done:3} %', end='\\r')\nprint('heard', input())\n");
  await server.run.click();
  await expect(server.output).toHaveText('100 %');
  await expect(server.input).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await server.type('me');
  await expect(server.output).toContainText('heard me');
  await expect(server.output).not.toContainText('50 %');
});

test('what is typed stays under the hand while the cursor moves up and down', async ({ bench: { server, page } }) => {
  await server.clear();
  await server.write(
    "import threading, time\ndef bars():\n    for n in range(10**6):\n        print(f'a {n}\\nb {n}', end='\\x1b[A\\r' if n % 2 else '\\n', flush=True)\n        time.sleep(0.02)\nthreading.Thread(target=bars, daemon=True).start()\nprint('heard', input())\n",
  );
  await server.run.click();
  await server.input.focus();
  await page.keyboard.type('every letter of this line', { delay: 20 });
  await expect(server.input).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(server.output).toContainText('heard every letter of this line');
});

test('a narrower pane breaks lines anew, and a copied line is one line', async ({ bench: { server, page } }) => {
  await server.clear();
  await server.write("print('x' * 300 + 'the end')\n");
  await server.run.click();
  await expect(server.state).toHaveText('ended');
  const overflow = () => server.output.evaluate((log) => log.scrollWidth - log.clientWidth);
  for (const width of [1_440, 1_100]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    await expect(server.output).toContainText('the end');
  }
  await page.setViewportSize({ width: 1_440, height: 900 });
  await server.pane.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`${'x'.repeat(300)}the end\n`);
});

test('ten thousand lines are kept, which the page says, and who reads an older one goes on reading it', async ({
  bench,
}) => {
  const { server } = bench;
  await server.clear();
  await server.write("print('x\\n' * 12000 + 'filled')\ninput()\nprint('y\\n' * 50 + 'more')\n");
  await server.run.click();
  await expect(server.output).toContainText('filled');
  await expect(server.pane).toContainText('only the last 10,000 lines are kept');
  const from = await server.output.evaluate((log) => {
    log.scrollTop -= 2_000;
    return log.scrollTop;
  });
  await expect(server.pane.getByRole('button', { name: 'new' })).toBeHidden();
  await server.input.evaluate((field: HTMLInputElement) => field.focus({ preventScroll: true }));
  await server.output.evaluate((log, top) => {
    log.scrollTop = top;
  }, from);
  await server.input.press('Enter');
  await expect(server.pane.getByRole('button', { name: /new$/ })).toBeVisible();
  expect(await server.output.evaluate((log) => log.scrollTop)).toBeLessThan(from);
});

test('a server that is stopped has not failed', async ({ bench: { server } }) => {
  await server.clear();
  await server.write("import socket\ns = socket.create_server(('127.0.0.1', 0))\nprint('go')\ns.accept()\n");
  await server.run.click();
  await expect(server.output).toContainText('go');
  await server.stop.click();
  await expect(server.state).toHaveText('ended, code 130');
  await expect(server.output).toContainText('KeyboardInterrupt');
  await expect(server.editor).not.toContainText('KeyboardInterrupt');
  await expect(server.pane.getByRole('alert')).toBeHidden();
});
