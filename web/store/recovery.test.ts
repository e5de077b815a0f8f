import { expect, test } from 'vitest';
import { encodeRecording } from '../../trace/export/encode-recording.ts';
import { parseRecording } from '../../trace/export/recording-json.ts';
import { recordingOf, SocketScript } from '../../trace/testing/recordings.ts';
import { Playground } from './playground.ts';
import { leaveBehind } from './recovery.ts';

function emptyPage(): Playground {
  return new Playground({
    dial: () => ({ send: () => undefined, bufferedAmount: () => 0, close: () => undefined }),
    clock: { now: () => 0, after: () => () => undefined },
    random: () => 0.5,
    schedule: (flush) => queueMicrotask(flush),
  });
}
/** As Open reads a file. */
function recover(page: Playground, text: string): number {
  const { epoch, sockets } = parseRecording(text);
  const heads = sockets.map(({ events: _events, sent: _sent, received: _received, ...head }) => head);
  const { addBytes, addEvents, show } = page.restoring(epoch, heads);
  for (const [index, { events, sent, received }] of sockets.entries()) {
    addBytes(index, 'sent', sent.slice(0, sent.length));
    addBytes(index, 'received', received.slice(0, received.length));
    addEvents(index, events);
  }
  return show().length;
}
const hello = (id: number, bytes: string) =>
  new SocketScript({ id, lab: 'Timestamp echo' }).connect().send('local', bytes).recv('peer').done();

test('what a page leaves is in the list of the next one, byte for byte, each call at its time', () => {
  const before = emptyPage();
  recover(before, encodeRecording(recordingOf(hello(1, 'hello'), hello(2, '\0\u{1f600}'))));
  before.sockets()[1]?.rename('  my server ');
  const { text, omitted } = leaveBehind(before.sockets());
  const after = emptyPage();
  expect(recover(after, text)).toBe(2);
  expect(omitted).toBe(0);
  expect(after.sockets().map(({ name }) => name)).toEqual([undefined, 'my server']);
  for (const [index, socket] of after.sockets().entries()) {
    const was = before.sockets()[index];
    expect(socket.source).toBe('recorded');
    expect(socket.sent.slice(0, socket.sent.length)).toEqual(was?.sent.slice(0, was.sent.length));
    expect(socket.log.length()).toBe(was?.log.length());
    expect(socket.wallClock(socket.log.at(1)?.at ?? 0)).toBe(was?.wallClock(was.log.at(1)?.at ?? 0));
  }
});

test('where there is no room for all, the newest are kept', () => {
  const page = emptyPage();
  recover(page, encodeRecording(recordingOf(hello(1, 'x'.repeat(10_000)), hello(2, 'second'), hello(3, 'third'))));
  const { text, omitted } = leaveBehind(page.sockets(), 6_000);
  expect(omitted).toBe(1);
  const next = emptyPage();
  recover(next, text);
  expect(next.sockets().map(({ sent }) => sent.length)).toEqual([6, 5]);
  expect(leaveBehind(page.sockets(), 100)).toMatchObject({ text: '', omitted: 3 });
});

test('a page without sockets leaves nothing', () => {
  expect(leaveBehind([])).toEqual({ text: '', open: 0, omitted: 0 });
});
