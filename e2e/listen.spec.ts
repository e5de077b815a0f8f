import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

async function read(socket: Socket, length: number): Promise<string> {
  let text = '';
  while (text.length < length) text += (await once(socket, 'data')).join('');
  return text;
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
