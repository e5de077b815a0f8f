import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { LiveSocket } from './live-socket.ts';
import { scriptSocketOf } from './script-socket.ts';

const ENDPOINTS = { local: { host: '127.0.0.1', port: 50_000 }, remote: { host: '127.0.0.1', port: 8_007 } };

function opened() {
  const live = new LiveSocket({ id: 1, ordinal: 1, kind: 'tcp', target: ENDPOINTS.remote, receiveSize: 1_024 });
  const handler = live.handler();
  handler.onOpened?.({ called: 0, at: 1, ...ENDPOINTS });
  return { live, handler, socket: scriptSocketOf(live) };
}

test('a stream has ended behind its last byte, not when the kernel has the FIN', () => {
  const { live, handler, socket } = opened();
  live.onKernel(2, { stream: 1, state: 'CLOSE-WAIT', receiveQueue: 4, sendQueue: 0 });
  expect([live.state, socket.ending]).toEqual(['CLOSE-WAIT', undefined]);
  handler.onData?.(3, encodeUtf8('last'));
  expect(socket.ending).toBeUndefined();
  handler.onFin?.(4);
  expect(socket.ending).toBe('fin');
});

test('a reset is another end than FIN', () => {
  const { handler, socket } = opened();
  handler.onReset?.({ at: 2, code: 'ECONNRESET', text: '' });
  expect([socket.ending, socket.isOver, socket.isConnected]).toEqual(['reset', true, true]);
});
