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
  const scene = new Comparison(page, nodeClock);
  scene.choose('Threaded echo');
  expect(scene.before).toBeUndefined(); // nothing has been said to the first
  for (const name of ['A', 'B']) scene.join(name);
  await until(scene, () => scene.clients().every(({ record }) => record.isOpened));
  scene.say(encodeUtf8('hello'));
  await until(scene, () => scene.clients().every(({ lane }) => lane.firstAnswer !== undefined));
  const [a, b] = scene.clients().map(({ lane }) => lane.firstAnswer);
  scene.choose('Timestamp echo');
  expect(scene.before).toEqual({ server: 'Threaded echo', a, b });
  expect(scene.clients()).toEqual([]);
});
