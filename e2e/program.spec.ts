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

  // The handshake is the row of connect(): accept() takes what the kernel has connected.
  await expect(program.row("connect(('127.0.0.1', 8009))", 'SYN')).toHaveCount(1);
  await expect(program.row('accept()')).not.toContainText('SYN');
  const sent = program.row("line 13 send(b'hello python') → 12", "line 16 recv(1024) → b'hello python'");
  await expect(sent).toHaveCount(1);
  await expect(program.row('line 14 recv(1024)', 'line 19 send(')).toHaveCount(1);
  await sent.getByRole('gridcell').nth(4).click();
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
  await server.clear();
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
  await server.write("print('typed last')\n"); // and gone at once
  await page.reload();
  await expect(server.editor).toContainText("print('typed last')");
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
