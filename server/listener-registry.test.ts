import { describe, expect, test } from 'vitest';
import { ListenerRegistry } from './listener-registry.ts';

const LAN = '192.0.2.7';
const create = (): ListenerRegistry =>
  new ListenerRegistry({ from: 20_000, to: 29_999 }, true, (address) => address === LAN);
const bind = { transport: 'tcp', host: '127.0.0.1', port: 20_000, isDual: false, isExclusive: false } as const;

test('a port is ours while somebody listens on it: one who is bound, or has left, is not', () => {
  const listeners = create();
  const isOurs = (): boolean => listeners.isListening('tcp', bind.host, bind.port);
  const claim = listeners.add(bind);
  expect([isOurs(), listeners.isBound('tcp', bind.host, bind.port)]).toEqual([false, true]);
  claim.listen();
  expect(isOurs()).toBe(true);
  claim.release();
  expect([isOurs(), listeners.isBound('tcp', bind.host, bind.port)]).toEqual([false, false]);
});

test('owners are counted: what one gives up, twice even, another still has', () => {
  const listeners = create();
  const first = listeners.add(bind);
  const second = listeners.add(bind);
  second.listen();
  first.release();
  first.release();
  expect(listeners.isListening('tcp', bind.host, bind.port)).toBe(true);
  second.release();
  const third = listeners.add(bind);
  third.listen();
  second.release();
  expect(listeners.isListening('tcp', bind.host, bind.port)).toBe(true);
});

test('kept is what is bound without SO_REUSEADDR and does not listen', () => {
  const listeners = create();
  const shared = listeners.add(bind);
  expect(listeners.isKept('tcp', bind.host, bind.port)).toBe(false);
  shared.release();
  const alone = listeners.add({ ...bind, isExclusive: true });
  expect(listeners.isKept('tcp', bind.host, bind.port)).toBe(true);
  alone.listen();
  expect(listeners.isKept('tcp', bind.host, bind.port)).toBe(false);
});

describe('which addresses a listener is reached by', () => {
  test.each([
    ['127.0.0.1', false, ['127.0.0.1']],
    ['::1', false, ['::1']],
    [LAN, false, [LAN]],
    ['0.0.0.0', false, ['127.0.0.1', '127.0.0.2', LAN]],
    ['::', false, ['::1']],
    ['::', true, ['127.0.0.1', '127.0.0.2', '::1', LAN]],
  ])('%s, both families %s: %s', (host, isDual, reached) => {
    const listeners = create();
    listeners.add({ ...bind, host, isDual }).listen();
    const all = ['127.0.0.1', '127.0.0.2', '::1', LAN, '192.0.2.8', '2001:db8::1', '8.8.8.8'];
    expect(all.filter((address) => listeners.isListening('tcp', address, bind.port))).toEqual(reached);
    expect(listeners.isListening('udp', host, bind.port)).toBe(false);
    expect(listeners.isListening('tcp', host, bind.port + 1)).toBe(false);
  });
});
