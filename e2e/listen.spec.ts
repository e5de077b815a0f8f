import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';
import { PlayPage } from './pages/play-page.ts';
import { python } from './python.ts';

type Program = ChildProcessByStdio<Writable, Readable, null>;

async function read(socket: Socket, length: number): Promise<string> {
  let heard = '';
  while (heard.length < length) heard += (await once(socket, 'data')).join('');
  return heard;
}

test('a listener of one’s own: a program outside the browser connects, waits, is accepted and talks', async ({
  play,
}) => {
  await play.open();
  const client = connect(await play.listen(), '127.0.0.1');
  try {
    await once(client, 'connect');
    await expect(play.sockets.getByRole('listitem').first()).toContainText('1 waiting');
    await play.acceptButton.click();
    await expect(play.sockets.getByRole('listitem')).toHaveCount(2);
    await expect(play.sockets.getByRole('listitem').first()).toContainText('0 waiting');
    await play.socket('peer 1').click();
    await expect(play.state).toContainText('ESTABLISHED');

    client.write('from outside');
    await expect(play.ladder).toContainText('from outside');
    const reply = read(client, 12);
    await play.send('from the tab');
    expect(await reply).toBe('from the tab');

    client.end();
    await expect(play.state).toContainText('CLOSE-WAIT');
  } finally {
    client.destroy();
  }
});

test('another tab connects to a listener of mine: both see it, and each sees its own side', async ({
  browser,
  playground,
  play: mine,
}) => {
  await mine.open();
  const port = await mine.listen();
  const context = await browser.newContext({ baseURL: playground.url });
  try {
    const other = new PlayPage(await context.newPage());
    await other.open({ host: '127.0.0.1', port });
    await other.connectButton.click();
    // The kernel has completed the connection; no program has accepted it.
    await expect(other.state).toContainText('ESTABLISHED');
    await other.send('hello listener');
    const listener = mine.sockets.getByRole('listitem').first();
    await expect(listener).toContainText('1 waiting');
    await mine.acceptButton.click();
    await expect(listener).toContainText('0 waiting');
    await mine.socket('peer 1').click();
    await expect(mine.state).toContainText('ESTABLISHED');
    await expect(mine.ladder).toContainText('hello listener');

    await mine.send('hello tab');
    await expect(other.ladder).toContainText('hello tab');
    await other.closeButton.click();
    await expect(mine.state).toContainText('CLOSE-WAIT');
    await mine.closeButton.click();
    await expect(mine.state).toContainText('CLOSED');
  } finally {
    await context.close();
  }
});

/** Says a line, waits for one, and ends. Unbuffered, so that what it heard is told at once. */
const PYTHON_CLIENT = `
import socket, sys
client = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
client.sendall(b'hello from outside\\n')
print(client.recv(1024).decode(), end='', flush=True)
client.close()
`;
const OUTSIDE: readonly { name: string; isThere: boolean; start: (port: number) => Program }[] = [
  {
    name: 'nc',
    isThere: spawnSync('nc', ['-h']).error === undefined,
    start: (port) => {
      const program = spawn('nc', ['127.0.0.1', String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
      program.stdin.write('hello from outside\n');
      return program;
    },
  },
  {
    name: 'python3',
    isThere: python !== undefined,
    start: (port) => spawn(python ?? '', ['-c', PYTHON_CLIENT, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] }),
  },
];

test('the two ends of a connection of one page stand in one ladder', async ({ page, play }) => {
  await play.open();
  const port = await play.listen();
  await play.port.fill(String(port));
  await play.connectButton.click();
  await play.send('hello myself');
  await expect(play.ladder).toContainText('hello myself');
  await play.acceptButton.click();
  const ofClient = /send\(b'hello myself'\) → 12/;
  // The client's column is its own: the server's calls stand at the right.
  await play.socket('client 1').click();
  await expect(play.ladder.getByRole('columnheader').last()).toHaveText('your server');
  await expect(play.ladder.getByRole('row', { name: /recv\(\d+\) → 12 B/ })).toBeVisible();
  await expect(play.ladder).not.toContainText('not observed');
  await play.socket('peer 1').click();
  await expect(play.ladder.getByRole('columnheader').nth(2)).toHaveText('your server');
  await expect(play.ladder.getByRole('row', { name: ofClient })).toBeVisible();
  // accept() moves no packet: the handshake is the row of connect().
  const accept = play.ladder.getByRole('row', { name: /accept\(\)/ });
  await expect(accept).not.toContainText('SYN');
  await expect(play.ladder.getByRole('row', { name: /connect\(/ })).toContainText('SYN');
  await expectAccessible(page);
});

for (const { name, isThere, start } of OUTSIDE) {
  test(`${name} outside the browser connects to a listener: every view shows it from the server’s side`, async ({
    page,
    play,
  }) => {
    test.skip(!isThere, `there is no ${name} here`);
    await play.open();
    const program = start(await play.listen());
    try {
      const heard = text(program.stdout);
      await expect(play.sockets.getByRole('listitem').first()).toContainText('1 waiting');
      await play.acceptButton.click();
      await play.socket('peer 1').click();
      await play.lineEnding('lf').check();
      await play.send('hello from the tab');

      // The calls are those of a server: what connected has no calls that anybody told of.
      await expect(play.ladder.getByRole('gridcell', { name: /^send\(/ })).toBeVisible();
      const calls = (await play.ladderRows()).map(([, , server, , other]) => [server?.split('(')[0], other]);
      expect(calls.slice(0, 3)).toEqual([
        ['accept', 'not observed'],
        ['recv', 'not observed'],
        ['send', 'not observed'],
      ]);
      await play.view('table').click();
      const rows = play.events.getByRole('row').filter({ has: page.getByRole('gridcell') });
      await expect(rows.filter({ hasText: 'hello from outside' })).toContainText('recv(32768)');
      await expect(rows.filter({ hasText: 'hello from the tab' })).toContainText('send');
      await play.view('stream').click();
      await expect(play.stream.getByRole('listitem').first()).toContainText('hello from outside');
      await expect(play.stream.getByRole('listitem').last()).toContainText('hello from the tab');
      await play.view('boundaries').click();
      const borders = page.getByRole('grid', { name: 'Boundaries' });
      await expect(borders).toContainText('send(19 B)');
      await expect(borders).toContainText('the other end is not observed');
      await expect(page.getByRole('region', { name: /^Bytes you received\. 0 sends, 1 read:/ })).toBeVisible();
      await expectAccessible(page);

      program.stdin.end();
      await play.closeButton.click();
      await expect(play.state).toContainText('CLOSED');
      expect(await heard).toBe('hello from the tab\n');
    } finally {
      program.kill();
    }
  });
}
