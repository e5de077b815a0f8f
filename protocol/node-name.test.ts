import { expect, test } from 'vitest';
import { addressOfNode, NODE_NAME, nodeNameOf } from './node-name.ts';

test.each([
  ['a', 'a'],
  ['School-1.example.org', 'school-1'],
  ['Lab_PC (2)', 'lab-pc-2-'],
  ['x'.repeat(40), 'x'.repeat(32)],
  ['教室', '-'],
  ['', undefined],
  ['.example', undefined],
])('of the host %o its node is called %o', (host, name) => {
  expect(nodeNameOf(host)).toBe(name);
  if (name !== undefined) expect(name).toMatch(new RegExp(NODE_NAME));
});

test('a node is dialled below the gateway, and whichever node at the gateway itself', () => {
  expect(addressOfNode('wss://school.example/sockets/gateway', 'b')).toBe('wss://school.example/sockets/gateway/n/b');
  expect(addressOfNode('wss://school.example/gateway', undefined)).toBe('wss://school.example/gateway');
});
