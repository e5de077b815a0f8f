import { expect, test } from 'vitest';
import { FIRST_STATE, neighbour, nextPlayState, parseView } from './play-state.ts';

test('each socket keeps the event that was chosen in it', () => {
  let state = nextPlayState(FIRST_STATE, { type: 'event chosen', socketId: 1, index: 4 });
  state = nextPlayState(state, { type: 'event chosen', socketId: 2, index: 0 });
  state = nextPlayState(state, { type: 'socket chosen', socketId: 1 });
  expect([...state.events]).toEqual([
    [1, 4],
    [2, 0],
  ]);
  state = nextPlayState(state, { type: 'event chosen', socketId: 1, index: undefined });
  expect([...state.events]).toEqual([[2, 0]]);
  expect(state.socketId).toBe(1);
});

test('the inspector opens and closes and nothing else changes', () => {
  const open = nextPlayState(FIRST_STATE, { type: 'inspector opened' });
  expect(open).toEqual({ ...FIRST_STATE, isInspectorOpen: true });
  expect(nextPlayState(open, { type: 'inspector closed' })).toEqual(FIRST_STATE);
});

test('what a socket is opened with is folded away and unfolded, and nothing else changes', () => {
  const folded = nextPlayState(FIRST_STATE, { type: 'folded', isFolded: true });
  expect(folded).toEqual({ ...FIRST_STATE, isFolded: true });
  expect(nextPlayState(folded, { type: 'folded', isFolded: false })).toEqual(FIRST_STATE);
});

test.each([
  ['b', 1, 'c'],
  ['b', -1, 'a'],
  ['c', 1, 'a'],
  ['a', -1, 'c'],
  [undefined, 1, 'a'],
  [undefined, -1, 'c'],
  ['gone', 1, 'a'],
] as const)('from %s by %i: %s', (chosen, step, expected) => {
  expect(neighbour(['a', 'b', 'c'], chosen, step)).toBe(expected);
});
test('among nothing there is no neighbour', () => {
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

test.each([
  ['table', 'table'],
  ['boxes', 'ladder'],
  [undefined, 'ladder'],
])('stored view %s is %s', (stored, view) => {
  expect(parseView(stored)).toBe(view);
});
