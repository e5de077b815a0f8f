import { spawn } from 'node:child_process';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';
import { ProgramPage } from './pages/program-page.ts';
import { python } from './python.ts';

const STAMP = /^\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\] /;

test('the tutorial’s server and client, as they stand, in two panes', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  const { server, client } = program;
  await server.run.click();
  await expect(server.output).toContainText('waiting for connection...');
  await client.run.click();
  await expect(client.state).toHaveText('waiting for you');
  await client.type('hello python');
  await expect(client.output).toContainText("b'hello python'");
  await expect(server.output).toContainText("...connected from: ('127.0.0.1', ");
  await expect(client.pane).toContainText('waiting for the keyboard');
  await expect(server.pane).toContainText(/recv blocked [1-9]\d* s/);

  await expect(page.getByText('2 programs run · 3 sockets')).toBeVisible();

  await expect(program.row('connect(127.0.0.1:8009)', 'accept()')).toHaveCount(1);
  const sent = program.row("line 13 send(b'hello python') → 12", "line 16 recv(1024) → b'hello python'");
  await expect(sent).toHaveCount(1);
  await expect(program.row('line 14 recv(1024)', 'line 19 send(')).toHaveCount(1);
  await sent.getByRole('gridcell').nth(2).click();
  await expect(client.pane.locator('.cm-line-chosen')).toContainText('client.send(');
  await client.pane.getByText('recv_data = client.recv').click();
  await expect(program.row('line 14 recv(1024)')).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);

  await client.type('');
  await expect(client.state).toHaveText('ended');
  await server.stop.click();
  await expect(server.output).toContainText('KeyboardInterrupt');
  await expect(server.state).toHaveText('ended, code 130');
  await expect(page.getByText('0 programs run · 0 sockets')).toBeVisible();
  await server.pane.getByRole('button', { name: 'Clear' }).click();
  await server.run.click();
  await expect(server.output).toContainText('waiting for connection...');
});

test('a CPython outside talks to the tab’s server, the tab’s client to a lab server', async ({ page, playground }) => {
  test.skip(python === undefined, 'no python3 on this machine');
  const program = new ProgramPage(page);
  await program.open();
  const { server, client } = program;
  await server.write(SERVER_ON_ANY_PORT);
  await server.run.click();
  await expect(server.output).toContainText('listening on');
  const port = /listening on (\d+)/.exec((await server.output.textContent()) ?? '')?.[1];
  const outside = spawn(python as string, ['-c', OUTSIDE, String(port)]);
  let said = '';
  outside.stdout.on('data', (data) => {
    said += String(data);
  });
  await new Promise((resolve) => outside.on('close', resolve));
  expect(said.trim()).toMatch(STAMP);
  expect(said).toContain("b'from outside'");

  await client.write(
    `import socket\nwith socket.create_connection(('127.0.0.1', ${labPort(playground, 'Timestamp echo')})) as s:\n    s.sendall(b'to the lab')\n    print(s.recv(1024).decode())\n`,
  );
  await client.run.click();
  await expect(client.output).toContainText("b'to the lab'");
});

test('the programs as printed fail as CPython has it, and are mended line by line', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  const { server, client } = program;
  await program.example.selectOption({ label: 'Timestamp echo as printed, with its faults' });
  const tryIt = async (): Promise<void> => {
    await server.run.click();
    await expect(server.state).toHaveText('running');
    await expect(server.output.getByText('waiting for connection...').last()).toBeVisible();
    await client.run.click();
    await client.type('hello');
  };
  await tryIt();
  await expect(server.output).toContainText("TypeError: a bytes-like object is required, not 'str'");
  await expect(server.pane.getByRole('alert')).toContainText('A socket carries bytes');
  await server.pane.getByRole('button', { name: 'Mend the line' }).click();
  await expect(client.state).toHaveText('ended');
  await tryIt();
  await expect(server.output).toContainText('BrokenPipeError: [Errno 32] Broken pipe');
  await server.pane.getByRole('button', { name: 'Mend the line' }).click();
  await expect(server.editor).toContainText('conn.send((');
  await expect(client.state).toHaveText('ended');
  await tryIt();
  await expect(client.output).toContainText("b'hello'");
});

test('a thread per client: a second one is answered while the first is silent', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  await program.example.selectOption({ label: 'Timestamp echo, a thread per client' });
  await page.getByRole('button', { name: '+ client' }).click();
  await page.getByRole('button', { name: 'Run both' }).click();
  const second = page.getByRole('region', { name: 'client2.py', exact: true });
  await expect(program.client.state).toHaveText('waiting for you');
  const input = second.getByRole('textbox', { name: 'Input for client2.py' });
  await input.fill('me first');
  await input.press('Enter');
  await expect(second.getByRole('log')).toContainText("b'me first'");
  await page.getByRole('button', { name: 'Stop all' }).click();
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

test('Stop stops everything within a second, and Run runs again', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  const { server } = program;
  for (const [name, source] of Object.entries(WAITS)) {
    await server.write(source);
    await server.pane.getByRole('button', { name: 'Clear' }).click();
    await server.run.click();
    await expect(server.output, name).toContainText('go');
    expect(await server.stopAndTime(), name).toBeLessThan(1_000);
    await expect(server.run, name).toBeVisible();
    if (name !== 'one call of C') await expect(server.output, name).toContainText('KeyboardInterrupt');
  }
});

test('someone else’s program comes by a link and is shown, not run', async ({ page, context }) => {
  const program = new ProgramPage(page);
  await program.open();
  await program.server.write("print('I ran')\n");
  await page.getByRole('button', { name: 'Share by link' }).click();
  const link = await page.getByRole('textbox', { name: 'Link to these programs' }).inputValue();
  expect(new URL(link).search).toBe('');
  const other = new ProgramPage(await context.newPage());
  await other.open(link);
  await expect(other.server.editor).toContainText("print('I ran')");
  await expect(other.page.getByText('they run when you press Run, not before')).toBeVisible();
  await expect(other.server.output).toHaveText('');
  await other.server.run.click();
  await expect(other.server.output).toContainText('I ran');
});

test('programs are kept, and the terminal knows colours, history and the end of input', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  const { server } = program;
  await server.write(
    "import sys\nprint('\\x1b[31mred\\x1b[0m')\nfor line in sys.stdin:\n    print('heard', line.strip())\nprint('the end')\n",
  );
  await server.run.click();
  await expect(server.output.getByText('red', { exact: true })).toHaveCSS('color', 'rgb(179, 38, 30)');
  await server.type('one');
  await server.input.press('ArrowUp');
  await expect(server.input).toHaveValue('one');
  await server.input.press('ControlOrMeta+U');
  await server.input.press('Control+D');
  await expect(server.output).toContainText('the end');
  await page.reload();
  await expect(server.editor).toContainText("print('the end')");
});

test('what is being typed stays where it is while the program prints', async ({ page }) => {
  const program = new ProgramPage(page);
  await program.open();
  const { server } = program;
  await server.write(
    "import threading, time\ndef tell():\n    while True:\n        print('tick')\n        time.sleep(0.02)\nthreading.Thread(target=tell, daemon=True).start()\nprint('heard', input())\n",
  );
  await server.run.click();
  await server.input.focus();
  await page.keyboard.type('every letter of this line', { delay: 20 });
  await expect(server.input).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(server.output).toContainText('heard every letter of this line');
});

const SERVER_ON_ANY_PORT = `import socket, time
with socket.create_server(('127.0.0.1', 0)) as server:
    print('listening on', server.getsockname()[1])
    conn, addr = server.accept()
    with conn:
        data = conn.recv(1024)
        conn.send(('[%s] %s' % (time.ctime(), data)).encode())
`;
const OUTSIDE = `import socket, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as client:
    client.sendall(b'from outside')
    print(client.recv(1024).decode())
`;
