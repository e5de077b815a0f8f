import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';

test('a relay shows what a client outside the browser and a server say, both connections in one ladder', async ({
  page,
  play,
  playground,
}) => {
  await play.open({ host: '127.0.0.1', port: labPort(playground, 'Raw echo') });
  const port = await play.listen();
  const panel = page.getByRole('region', { name: 'Answers' });
  await panel.getByRole('radio', { name: 'Relay' }).check();
  const server = panel.getByRole('textbox', { name: 'Server port' });
  await server.fill(String(port));
  await panel.getByRole('button', { name: 'Relay there' }).click();
  await expect(panel).toContainText('That is this listener');
  await server.fill(String(labPort(playground, 'Raw echo')));
  await panel.getByRole('button', { name: 'Relay there' }).click();
  await expect(panel).toContainText('Connect your client to the address above');
  const client = connect(port, '127.0.0.1');
  try {
    client.write('hello\n');
    const [answer] = await once(client, 'data');
    expect(String(answer)).toBe('hello\n');
    const { ladder } = play;
    await expect(ladder.getByRole('columnheader').filter({ hasText: /client|relay|Raw echo/ })).toHaveText([
      'the client · not observed',
      'this relay',
      'Raw echo',
    ]);
    // The relay's own calls on either connection, and the server's.
    await expect(ladder.getByRole('row').filter({ hasText: "send(b'hello\\n')" })).toHaveCount(2);
    await expect(ladder).toContainText('accept()');
    await expect(ladder).toContainText('connect(');
    const relay = page.getByRole('region', { name: 'Relay' });
    await expect(relay).toContainText('What the client sends on peer 1');
    await expectAccessible(page);
    await relay.getByRole('button', { name: 'Show client 1' }).click();
    await expect(relay.getByRole('button', { name: 'Show peer 1' })).toBeVisible();
    await expect(ladder.getByRole('row').filter({ hasText: "send(b'hello\\n')" })).toHaveCount(2);
    client.end();
    await once(client, 'close');
    await expect(play.state).toContainText(/TIME-WAIT|CLOSED/);
  } finally {
    client.destroy();
  }
});
