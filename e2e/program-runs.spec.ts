import { expect } from '@playwright/test';
import { test } from './python-bench.ts';

test('the tutorial’s faults fail as CPython has it, and are fixed at the press of a button', async ({
  bench: program,
}) => {
  const { server, client } = program;
  for (const pane of [server, client]) await pane.clear();
  await program.example.selectOption({ label: 'Timestamp echo with the tutorial’s faults' });
  const tryIt = async (): Promise<void> => {
    await server.run.click();
    await expect(server.state).toHaveText('running');
    await expect(server.output.getByText('waiting for connection...').last()).toBeVisible();
    await client.run.click();
    await client.type('hello');
  };
  const moveTo = async (before: string, port: string): Promise<void> => {
    for (const { editor } of [server, client]) {
      // The card beside it opens meanwhile, and lines move.
      await expect(async () => {
        await editor.getByText(before, { exact: true }).dblclick();
        expect(await program.page.evaluate(() => String(getSelection()))).toBe(before);
      }).toPass();
      await program.page.keyboard.type(port);
    }
  };
  await tryIt();
  await expect(server.output).toContainText('OSError: [Errno 107] Transport endpoint is not connected');
  await expect(server.pane.getByRole('alert')).toContainText('This is the listening socket');
  await server.pane.getByRole('button', { name: 'Fix this line' }).click();
  await expect(server.editor).toContainText('conn.recv(BUF_SIZE)');
  await expect(client.state).toHaveText(/ended/);
  // Whether the server closed before the bytes came or after is a race, and the port is in TIME-WAIT or free: another one.
  await moveTo('8009', '8051');
  await tryIt();
  await expect(server.output).toContainText("TypeError: a bytes-like object is required, not 'str'");
  await expect(server.pane.getByRole('alert')).toContainText('A socket carries bytes');
  // Bytes, and on the connection: on the listener they would fail too.
  await server.pane.getByRole('button', { name: 'Fix this line' }).click();
  await expect(server.editor).toContainText('conn.send((');
  await expect(client.state).toHaveText('ended');
  // The server ended first: as on Linux its connection keeps the port for a minute, which the page explains.
  await server.run.click();
  await expect(server.output).toContainText('OSError: [Errno 98] Address already in use');
  await expect(server.pane.getByRole('alert')).toContainText('TIME-WAIT');
  await moveTo('8051', '8053');
  await tryIt();
  await expect(client.output).toContainText("b'hello'");
  await server.stop.click();
  await expect(server.state).toHaveText(/ended/);
});

test('a thread per client: a second one is answered while the first is silent', async ({ bench: program }) => {
  await program.example.selectOption({ label: 'Timestamp echo, a thread per client' });
  await program.page.getByRole('button', { name: '+ client' }).click();
  await program.page.getByRole('button', { name: 'Run both' }).click();
  const second = program.page.getByRole('region', { name: 'client2.py', exact: true });
  await expect(program.client.state).toHaveText('waiting for you');
  const input = second.getByRole('textbox', { name: 'Input for client2.py' });
  await input.fill('me first');
  await input.press('Enter');
  await expect(second.getByRole('log')).toContainText("b'me first'");
  await program.page.getByRole('button', { name: 'Stop all' }).click();
  await expect(program.server.state).toHaveText(/ended/);
});

const WAITS = {
  'while True: pass': "print('go')\nwhile True:\n    pass\n",
  accept: "import socket\ns = socket.create_server(('127.0.0.1', 0))\nprint('go')\ns.accept()\n",
  recv: "import socket\na, b = socket.socketpair()\nprint('go')\na.recv(1)\n",
  'time.sleep': "import time\nprint('go')\ntime.sleep(1000)\n",
  input: "print('go')\ninput()\n",
  'one call of C': "print('go')\nsum(range(10**10))\n",
};

test('Stop stops everything within a second, and Run runs again', async ({ bench: program }) => {
  const { server } = program;
  for (const [name, source] of Object.entries(WAITS)) {
    await server.write(source);
    await server.clear();
    await server.run.click();
    await expect(server.output, name).toContainText('go');
    expect(await server.stopAndTime(), name).toBeLessThan(1_000);
    await expect(server.run, name).toBeVisible();
    if (name !== 'one call of C') await expect(server.output, name).toContainText('KeyboardInterrupt');
  }
});

test('what is being typed stays where it is while the program prints', async ({ bench: program }) => {
  const { server } = program;
  await server.write(
    "import threading, time\ndef tell():\n    while True:\n        print('tick')\n        time.sleep(0.02)\nthreading.Thread(target=tell, daemon=True).start()\nprint('heard', input())\n",
  );
  await server.run.click();
  await server.input.focus();
  await program.page.keyboard.type('every letter of this line', { delay: 20 });
  await expect(server.input).toBeFocused();
  await program.page.keyboard.press('Enter');
  await expect(server.output).toContainText('heard every letter of this line');
});
