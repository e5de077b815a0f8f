import { expect } from '@playwright/test';
import { type ProgramPage, ProgramPane } from './pages/program-page.ts';
import { test } from './python-bench.ts';

// Their ports are as they stand: within a tab a program has the port it asks for, whoever else has it on the machine.

async function start(program: ProgramPage, example: string): Promise<void> {
  await program.example.selectOption({ label: example });
  await program.server.run.click();
}

for (const example of ['Chat room with threads', 'Chat room with select', 'Chat room with asyncio']) {
  test(`${example}: two guests hear each other`, async ({ bench: program }) => {
    const second = new ProgramPane(program.page, 'client2.py');
    await start(program, example);
    await expect(program.server.output).toContainText("chat on ('127.0.0.1', 8020)");
    await program.page.getByRole('button', { name: '+ client' }).click();
    for (const guest of [program.client, second]) {
      await guest.run.click();
      await expect(guest.state).toHaveText('waiting for you');
    }
    const hasNames = example.endsWith('threads');
    if (hasNames) {
      await program.client.type('Ada');
      await expect(program.client.output).toContainText('* Ada comes in, 1 here');
      await second.type('Grace');
    }
    await expect(program.client.output).toContainText(/comes in, 2 here/);
    await program.client.type('does anybody hear?');
    await expect(second.output).toContainText(/<.+> does anybody hear\?/);
    await second.type('every word');
    await expect(program.client.output).toContainText(/<.+> every word/);
    await second.type('');
    await expect(program.client.output).toContainText(/\* .+ leaves/);
    await expect(second.state).toHaveText('ended');
  });
}

test('HTTP server by hand: answers what is written by hand and what urllib asks', async ({ bench: program }) => {
  await start(program, 'HTTP server by hand');
  await expect(program.server.output).toContainText('http://127.0.0.1:8080/');
  await program.client.run.click();
  await expect(program.client.state).toHaveText('ended');
  await expect(program.client.output).toContainText('HTTP/1.1 200 OK');
  await expect(program.client.output).toContainText('You asked: GET /by-hand HTTP/1.1');
  await expect(program.client.output).toContainText('200 text/plain; charset=utf-8');
  await expect(program.client.output).toContainText('You asked: GET /by-urllib HTTP/1.1');
  await expect(program.server.output).toContainText('GET /by-urllib HTTP/1.1');
});

test('A pair of UDP programs: a question, an answer', async ({ bench: program }) => {
  await start(program, 'A pair of UDP programs');
  await expect(program.server.output).toContainText('waiting for datagrams on');
  await program.client.run.click();
  await program.client.type('a datagram');
  await expect(program.server.output).toContainText("says b'a datagram'");
  await expect(program.client.output).toContainText("] b'a datagram'");
  await program.client.type('');
  await expect(program.client.state).toHaveText('ended');
});

test('framing by length: three messages in one send, one in three', async ({ bench: program }) => {
  await start(program, 'Messages on a stream: framing by length');
  await expect(program.server.output).toContainText('waiting for messages...');
  await program.client.run.click();
  await expect(program.client.output).toContainText('sent');
  for (const line of ['3 bytes: one', '3 bytes: two', '5 bytes: three', '19 bytes: a message in pieces', '...gone:']) {
    await expect(program.server.output).toContainText(line);
  }
});

test('a port in use: refused to a second socket, and to a second program', async ({ bench: program }) => {
  await start(program, 'A port in use');
  await expect(program.server.output).toContainText('second: [Errno 98] Address already in use');
  await expect(program.server.output).toContainText('that is EADDRINUSE');
  await expect(program.server.state).toHaveText('waiting for you');
  await program.client.run.click();
  await expect(program.client.output).toContainText('OSError: [Errno 98] Address already in use');
  await expect(program.client.pane.getByRole('alert')).toBeVisible();
  await program.server.type('');
  await expect(program.server.state).toHaveText('ended');
  await program.client.run.click();
  await expect(program.client.output).toContainText('got it: server.py no longer has it');
});
