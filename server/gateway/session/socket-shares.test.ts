import { expect, test } from 'vitest';
import { SocketShares } from './socket-shares.ts';

/** Tabs of one address, each opening as many as it may, up to 16. */
function openAll(shares: SocketShares, network: string, tabs: number): number[] {
  return Array.from({ length: tabs }, () => {
    let own = 0;
    for (; own < 16 && shares.mayOpen(network, own); own += 1) shares.add(network, 1);
    return own;
  });
}

test('22 tabs of one person cannot take all sockets: a tab of the same address, and of another, still gets some', () => {
  const shares = new SocketShares(280);
  openAll(shares, 'hog', 22);
  expect(shares.count).toBeLessThan(280);
  expect(shares.mayOpen('other', 0)).toBe(true);
  expect(openAll(new SocketShares(280), 'hog', 22).every((own) => own > 0)).toBe(true);
});

test('a class behind one address has seven eighths and no more, so that others come in', () => {
  const shares = new SocketShares(800);
  openAll(shares, 'class', 1_000);
  expect(shares.count).toBe(700);
  expect(shares.mayOpen('class', 0)).toBe(false);
  expect(shares.mayOpen('other', 0)).toBe(true);
});

test('while there are plenty nobody is bounded but by the tab', () => {
  const shares = new SocketShares(800);
  expect(openAll(shares, 'class', 30)).toEqual(new Array(30).fill(16));
});

test('a socket that is closed makes room for another', () => {
  const shares = new SocketShares(2);
  shares.add('a', 2);
  expect(shares.mayOpen('b', 0)).toBe(false);
  shares.add('a', -2);
  expect(shares.mayOpen('a', 0)).toBe(true);
  expect(shares.count).toBe(0);
});
