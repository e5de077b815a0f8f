import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import type { RunningPlayground } from '../../server/start-playground.ts';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { nodeClock } from '../../testing/ws-dial.ts';
import { isScript, parseScript } from '../../trace/script/parse-script.ts';
import { ScriptRun } from '../../trace/script/script-run.ts';
import { answeringOf } from './answering.ts';
import type { Driver, LiveSocket } from './live-socket.ts';
import { play as playOn } from './script-socket.ts';
import { openTestPage } from './testing/test-page.ts';

let server: RunningPlayground;
beforeAll(async () => {
  server = await startTestPlayground();
});
afterAll(() => server.close());

function play(live: LiveSocket, text: string): void {
  const script = parseScript(text);
  if (!isScript(script)) throw new Error(`line ${script.line}: ${script.reason}`);
  playOn(live, (socket) => new ScriptRun(script, socket, nodeClock));
}
function phaseOf(driver: Driver | undefined) {
  return driver instanceof ScriptRun ? driver.status.phase : undefined;
}

test('a sequence goes with a real server: send, wait for, send, to both ends of the stream', async () => {
  const page = openTestPage(server.url);
  await until(page, () => page.lab().length > 0);
  const echo = page.lab().find(({ name }) => name === 'Raw echo');
  const live = page.connect('tcp', echo?.host ?? '', echo?.port ?? 0);
  // Before it is connected: the first step waits for that.
  play(live, 'send "one\\n"\nexpectBytes "one\\n"\nsend "two\\n"\nreadUntil "two\\n"\nend\nexpectEnd');
  await until(live, () => phaseOf(live.driver) !== 'running');
  expect(phaseOf(live.driver)).toBe('done');
  expect(live.received.length).toBe(8);
  // Another script takes the place of the one that goes on.
  const other = page.connect('tcp', echo?.host ?? '', echo?.port ?? 0);
  play(other, 'expectEnd');
  const { driver: first } = other;
  play(other, 'send "x"\nread 1\nreset');
  await until(other, () => other.isOver);
  expect([phaseOf(first), phaseOf(other.driver)]).toEqual(['stopped', 'done']);
});

test('a listener answers by rule whoever connects, and by hand again nobody', async () => {
  const page = openTestPage(server.url);
  await until(page, () => page.gateway().phase === 'online');
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.local !== undefined);
  const rules = 'send "220\\n"\non line "QUIT" send "bye", close\non line echo';
  answeringOf(listener).set({ kind: 'rules', text: rules, begin: (accepted) => play(accepted, rules) });
  const port = listener.local?.port ?? 0;
  const clients = [1, 2].map(() => page.connect('tcp', '127.0.0.1', port));
  for (const client of clients) client.send(encodeUtf8('hi\nQUIT\n'));
  for (const client of clients) await until(client, () => client.received.length === 10);
  expect(clients.map(({ received }) => new TextDecoder().decode(received.slice(0, 10)))).toEqual([
    '220\nhi\nbye',
    '220\nhi\nbye',
  ]);

  answeringOf(listener).set(undefined);
  page.connect('tcp', '127.0.0.1', port);
  await until(listener, () => listener.pending.waiting === 1);
  expect(page.sockets().filter(({ kind }) => kind === 'accepted')).toHaveLength(2);
});
