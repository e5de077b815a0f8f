import assert from 'node:assert/strict';
import test from 'node:test';
import { startPlayground } from 'socket-playground/testing';
import { ask } from './ask.mjs';

test('a program asks a server through a gateway', async (t) => {
  const playground = await startPlayground();
  t.after(() => playground.close());
  assert.equal(await ask(playground.url, playground.lab('Raw echo'), 'hello'), 'hello');
});
