import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { openTestPage } from '../../web/store/testing/test-page.ts';

test('an accepted connection says whether its client is a socket of the page', async () => {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.local !== undefined);
  const { port = 0 } = listener.local ?? {};
  const accept = async (nth: number) => {
    listener.accept();
    const peers = () => page.sockets().filter(({ kind }) => kind === 'accepted');
    await until(page, () => peers()[nth]?.isFromOutside !== undefined);
    return peers()[nth]?.isFromOutside;
  };

  const outside = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void outside.destroy());
  expect(await accept(0)).toBe(true);
  page.connect('tcp', '127.0.0.1', port);
  expect(await accept(1)).toBe(false);
});
