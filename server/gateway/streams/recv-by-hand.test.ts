import { expect, test } from 'vitest';
import { RecvByHand } from './recv-by-hand.ts';

function create() {
  const state = { hasRoom: true, hasEnded: false };
  const done: string[] = [];
  const hand = new RecvByHand({
    start: () => void done.push('start'),
    stop: () => void done.push('stop'),
    hasRoom: () => state.hasRoom,
    hasEnded: () => state.hasEnded,
  });
  return { hand, state, done };
}

test('a call is one read', async () => {
  const { hand, done } = create();
  hand.hold();
  const outcome = hand.recv(5);
  hand.onRead(3);
  expect(await outcome).toEqual({ count: 3 });
  expect(done).toEqual(['stop', 'start', 'stop']);
});

test('one at a time', async () => {
  const { hand, done } = create();
  hand.hold();
  const first = hand.recv(5);
  expect(await hand.recv(5)).toMatchObject({ code: 'EALREADY' });
  expect(done).toEqual(['stop', 'start']);
  hand.onRead(5);
  expect(await first).toEqual({ count: 5 });
});

test('without room the read waits, until there is', async () => {
  const { hand, state, done } = create();
  hand.hold();
  state.hasRoom = false;
  const outcome = hand.recv(5);
  hand.onRoom();
  expect(done).toEqual(['stop']);
  state.hasRoom = true;
  hand.onRoom();
  hand.onRoom();
  expect(done).toEqual(['stop', 'start']);
  hand.onRead(9);
  expect(await outcome).toEqual({ count: 5 });
});

test('it is refused on a socket that is read by itself', () => {
  const { hand, done } = create();
  expect(() => hand.recv(5)).toThrowError(expect.objectContaining({ code: 'UNSUPPORTED' }));
  hand.hold();
  hand.release();
  expect(() => hand.recv(5)).toThrowError(expect.objectContaining({ code: 'UNSUPPORTED' }));
  expect(done).toEqual(['stop']);
});

test('EOF is returned again and again; the end of the socket ends what waits', async () => {
  const { hand, state } = create();
  hand.hold();
  const waiting = hand.recv(5);
  hand.end();
  expect(await waiting).toMatchObject({ code: 'SOCKET_CLOSED' });
  state.hasEnded = true;
  expect(await hand.recv(5)).toEqual({ count: 0 });
  expect(await hand.recv(5)).toEqual({ count: 0 });
});

test('a read that waits as the switch goes off and on is neither lost nor made twice', async () => {
  const { hand, done } = create();
  hand.hold();
  const outcome = hand.recv(5);
  hand.release();
  hand.hold();
  expect(done).toEqual(['stop', 'start', 'stop', 'start']);
  hand.onRead(2);
  expect(await outcome).toEqual({ count: 2 });
});
