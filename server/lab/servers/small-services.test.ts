import { expect, test } from 'vitest';
import { settled, startTestLab, TUTORIAL_CTIME } from '../testing/test-lab.ts';
import { characterLine } from './character-generator.ts';

test('discard reads everything and says nothing', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Discard');
  client.socket.end(Buffer.alloc(300_000));
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(client.received).toHaveLength(0);
  const read = client.events.filter(({ call }) => call === 'recv').reduce((sum, { count }) => sum + count, 0);
  expect(read).toBe(300_000);
});

test('daytime says what time it is and closes', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Daytime');
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(client.text).toBe(`${TUTORIAL_CTIME}\r\n`);
});

test('the character generator sends the lines of RFC 864 until its client ends', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Character generator');
  const expected = Array.from({ length: 200 }, (_, index) => characterLine(index % 95)).join('');
  await client.until(({ receivedCount }) => expect(receivedCount).toBeGreaterThan(expected.length));
  expect(client.text.slice(0, expected.length)).toBe(expected);
  // Each send is a call that the page is told of: one for each line would take a core.
  expect(client.events.find(({ call }) => call === 'send')?.count).toBeGreaterThan(4_000);
  client.socket.end();
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(client.events.at(-1)?.call).toBe('close');
});

test('the first two lines are those that RFC 864 shows', () => {
  expect(characterLine(1)).toBe('!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n');
  expect(characterLine(2)).toBe('"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghi\r\n');
});

test('the character generator waits for a client that does not read, and answers others meanwhile', async () => {
  const { connect } = await startTestLab();
  const stalled = await connect('Character generator');
  stalled.socket.pause();
  const other = await connect('Character generator');
  const readMore = () => {
    const goal = other.receivedCount + 20_000;
    return other.until(({ receivedCount }) => expect(receivedCount).toBeGreaterThan(goal));
  };
  const sent = await settled(() => stalled.sentCount, readMore);
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(1_000_000);
});
