import { expect, test } from 'vitest';
import { type Seat, whoGivesWay } from './seats.ts';

type Named = Seat & { readonly name: string };
function seat(name: string, network: string, more: Partial<Seat> = {}): Named {
  return { name, network, isAttached: true, sockets: 0, hasOpened: false, arrivedAt: 0, detachedAt: 0, ...more };
}
const many = (count: number, network: string, more: Partial<Seat> = {}): Named[] =>
  Array.from({ length: count }, (_, index) => seat(`${network}${index}`, network, { arrivedAt: index, ...more }));
const away = { isAttached: false, sockets: 1 };

test('idle tabs of the address with most give way before anybody absent', () => {
  const absent = seat('absent', 'school', away);
  expect(whoGivesWay([absent, seat('idle', 'home'), ...many(8, 'hog')], 'new', 10)?.name).toBe('hog0');
});

test('who has never opened a socket goes first, then who came first', () => {
  const opened = many(3, 'hog', { hasOpened: true });
  expect(whoGivesWay([...opened, seat('never', 'hog', { arrivedAt: 9 })], 'new', 4)?.name).toBe('never');
  expect(whoGivesWay(opened, 'new', 3)?.name).toBe('hog0');
});

test('an absent tab without sockets goes before one with some, whoever has them', () => {
  const seats = [...many(3, 'a', away), seat('bare', 'b', { isAttached: false }), seat('c', 'c', { sockets: 1 })];
  expect(whoGivesWay(seats, 'new', 5)?.name).toBe('bare');
});

test('an address with more than half gives seats to others although all have sockets, the last to come first', () => {
  const seats = [...many(6, 'hog', { sockets: 1 }), seat('absent', 'school', away), ...many(3, 'c', { sockets: 2 })];
  expect(whoGivesWay(seats, 'new', 10)?.name).toBe('hog5');
  expect(whoGivesWay(seats, 'hog', 10)).toBeUndefined();
});

test('a class with half of the house keeps its seats while it uses them', () => {
  const seats = [...many(5, 'class', { sockets: 1 }), ...many(5, 'b', { sockets: 1 })];
  expect(whoGivesWay(seats, 'new', 10)).toBeUndefined();
});

test('an address takes no seat from one that has fewer', () => {
  const seats = [...many(8, 'hog', { sockets: 1 }), seat('absent', 'school', away), seat('idle', 'home')];
  expect(whoGivesWay(seats, 'hog', 10)).toBeUndefined();
});

test('last of all goes who has been away with sockets, few before many', () => {
  const seats = [...many(2, 'a', { sockets: 1 }), seat('two', 'b', { ...away, sockets: 2 }), seat('one', 'b', away)];
  expect(whoGivesWay(seats, 'new', 4)?.name).toBe('one');
});
