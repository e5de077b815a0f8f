import { expect, onTestFinished, test } from 'vitest';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { nodeClock } from '../../../testing/ws-dial.ts';
import { openTestPage } from '../../store/testing/test-page.ts';
import { Comparison } from './comparison.ts';

test('the answers of one server stay beside those of the other', async () => {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.lab().length > 0);
  const comparison = new Comparison(page, nodeClock);
  comparison.choose('Threaded echo');
  expect(comparison.before).toBeUndefined(); // nothing has been said to the first
  for (const name of ['A', 'B']) comparison.join(name);
  await until(comparison, () => comparison.clients().every(({ record }) => record.isOpened));
  comparison.say(encodeUtf8('hello'));
  await until(comparison, () => comparison.clients().every(({ lane }) => lane.firstAnswer !== undefined));
  const [a, b] = comparison.clients().map(({ lane }) => lane.firstAnswer);
  comparison.choose('Timestamp echo');
  expect(comparison.before).toEqual({ server: 'Threaded echo', a, b });
  expect(comparison.clients()).toEqual([]);
});
