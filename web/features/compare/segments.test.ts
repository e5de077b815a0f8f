import { expect, test } from 'vitest';
import { ClientTimeline } from './client-timeline.ts';
import { placesOf, waitsOf } from './segments.ts';

function laneWith(facts: Partial<Pick<ClientTimeline, 'called' | 'connected' | 'accepted' | 'ended'>>): ClientTimeline {
  return Object.assign(new ClientTimeline({ length: () => 0, at: () => undefined }), facts);
}

test('a client that hangs is connecting until now, from when it was asked for', () => {
  expect(placesOf(laneWith({}), 100, 900)).toEqual([{ kind: 'connecting', from: 100, to: 900 }]);
});

test('a client in the queue is in it until now, then until it was accepted', () => {
  const lane = laneWith({ called: 100, connected: 150 });
  expect(placesOf(lane, 0, 900).at(-1)).toEqual({ kind: 'queued', from: 150, to: 900 });
  lane.accepted = 500;
  lane.ended = 800;
  expect(placesOf(lane, 0, 900)).toEqual([
    { kind: 'connecting', from: 100, to: 150 },
    { kind: 'queued', from: 150, to: 500 },
    { kind: 'served', from: 500, to: 800 },
  ]);
});

test('no segment ends before it begins, whichever call returned first', () => {
  const lane = laneWith({ called: 100, connected: 150, accepted: 140 });
  for (const { from, to } of placesOf(lane, 0, 120)) expect(to).toBeGreaterThanOrEqual(from);
});

test('what was said waits until its answer, the end or now', () => {
  const lane = laneWith({});
  lane.exchanges.push({ sent: 10, answered: 30 }, { sent: 40, answered: undefined });
  expect(waitsOf(lane, 70).map(({ to }) => to)).toEqual([30, 70]);
  lane.ended = 60;
  expect(waitsOf(lane, 70).map(({ to }) => to)).toEqual([30, 60]);
});
