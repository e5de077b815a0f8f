import { describe, expect, test } from 'vitest';
import type { PeerEvent } from '../../protocol/payloads.ts';
import { Tap, type TappedConnection } from './tap.ts';

const SERVER = { host: '127.0.0.1', port: 8009 };
const CLIENT = { host: '127.0.0.1', port: 50_000 };
const event = (at: number, call: PeerEvent['call'] = 'recv'): PeerEvent => ({
  at,
  call,
  argument: undefined,
  count: 0,
  text: '',
  error: undefined,
});

/** Looks at the connection, and keeps the times of what is told. */
function watch(tap: Tap, takesMore: () => boolean = () => true) {
  const times: number[] = [];
  const observation = tap.observe('tcp', CLIENT, SERVER, ({ at }) => {
    times.push(at);
    return takesMore();
  });
  return { times, observation };
}

describe('an observer', () => {
  test('is told the preamble, what was reported before it came, and what comes', () => {
    const tap = new Tap();
    tap.addServer('tcp', SERVER, { name: 'Echo', preamble: [event(1, 'socket'), event(2, 'bind')] });
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    connection.report(event(3, 'accept'));
    const { times } = watch(tap);
    connection.report(event(4));
    expect(times).toEqual([1, 2, 3, 4]);
  });

  test.each(['before the server has accepted', 'after'])('can have the connection ended %s, once', (when) => {
    const tap = new Tap();
    const { observation } = watch(tap);
    let aborts = 0;
    const accept = () =>
      tap.accepted('tcp', CLIENT, SERVER).onAbort(() => {
        aborts += 1;
      });
    if (when === 'after') accept();
    observation.abort();
    if (when !== 'after') accept();
    observation.abort();
    expect(aborts).toBe(1);
  });

  test('has nothing to end where the server has closed', () => {
    const tap = new Tap();
    const { observation } = watch(tap);
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    let aborts = 0;
    connection.onAbort(() => {
      aborts += 1;
    });
    connection.close();
    observation.abort();
    expect(aborts).toBe(0);
  });

  test('may come before the server has accepted', () => {
    const tap = new Tap();
    const { times } = watch(tap);
    tap.accepted('tcp', CLIENT, SERVER).report(event(5, 'accept'));
    expect(times).toEqual([5]);
  });

  test('may come a moment after the connection has closed', () => {
    const tap = new Tap();
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    connection.report(event(1, 'accept'));
    connection.report(event(2, 'close'));
    connection.close();
    expect(watch(tap).times).toEqual([1, 2]);
    // Told once: it is forgotten now.
    expect(watch(tap).times).toEqual([]);
  });

  test('is not told of an earlier connection between the same ports', () => {
    const tap = new Tap();
    const earlier = tap.accepted('tcp', CLIENT, SERVER);
    earlier.report(event(1, 'accept'));
    earlier.close();
    const later = tap.accepted('tcp', CLIENT, SERVER);
    expect(later).not.toBe(earlier);
    later.report(event(9, 'accept'));
    expect(watch(tap).times).toEqual([9]);
  });

  test('an ended observation gets no events and does not block', () => {
    const tap = new Tap();
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    const { times, observation } = watch(tap, () => false);
    connection.report(event(1));
    let goesOn = false;
    connection.whenTaken(() => {
      goesOn = true;
    });
    observation.end();
    connection.report(event(2));
    expect([times, goesOn, connection.isObserved]).toEqual([[1], true, false]);
  });
});

describe('the program', () => {
  test('waits while its observer is behind, and is told when it may go on', () => {
    const tap = new Tap();
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    let isBehind = true;
    const { observation } = watch(tap, () => !isBehind);
    expect(connection.takesMore).toBe(true);
    connection.report(event(1));
    expect(connection.takesMore).toBe(false);
    const resumed: number[] = [];
    connection.whenTaken(() => resumed.push(1));
    connection.whenTaken(() => resumed.push(2));
    isBehind = false;
    observation.resume();
    expect(resumed).toEqual([1, 2]);
    connection.whenTaken(() => resumed.push(3));
    expect(resumed).toEqual([1, 2, 3]);
  });

  test('is given the n of its recv(n) at once', () => {
    const tap = new Tap();
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    const sizes: (number | undefined)[] = [];
    connection.onReceiveSize(() => sizes.push(connection.receiveSize));
    const { observation } = watch(tap);
    observation.setReceiveSize(4);
    observation.setReceiveSize(undefined);
    expect(sizes).toEqual([4, undefined]);
  });
});

test('an earlier connection between the same ports is not taken for the one that was just made', () => {
  const tap = new Tap();
  const earlier = tap.accepted('tcp', CLIENT, SERVER);
  earlier.report(event(3, 'accept'));
  earlier.report(event(4, 'close'));
  earlier.close();
  const times: number[] = [];
  tap.observe('tcp', CLIENT, SERVER, ({ at }) => times.push(at) > 0, 10);
  tap.accepted('tcp', CLIENT, SERVER).report(event(11, 'accept'));
  expect(times).toEqual([11]);
});

test('what an observer left is not kept for the next connection between the same ports', () => {
  const tap = new Tap();
  const { observation } = watch(tap);
  const connection = tap.accepted('tcp', CLIENT, SERVER);
  observation.end();
  connection.report(event(5));
  connection.close();
  expect(watch(tap).times).toEqual([]);
});

test('a server is known by its protocol and endpoint until it is taken back', () => {
  const tap = new Tap();
  const remove = tap.addServer('tcp', SERVER, { name: 'Echo', preamble: [] });
  expect(tap.serverAt('tcp', SERVER)?.name).toBe('Echo');
  expect(tap.serverAt('udp', SERVER)).toBeUndefined();
  expect(tap.serverAt('tcp', { ...SERVER, port: 8010 })).toBeUndefined();
  remove();
  expect(tap.serverAt('tcp', SERVER)).toBeUndefined();
});

test('connections that nobody ever looked at are let go, the oldest first, once they are closed', () => {
  const tap = new Tap();
  const accept = (port: number): TappedConnection => tap.accepted('tcp', { ...CLIENT, port }, SERVER);
  const open = accept(1);
  const closed = accept(2);
  closed.report(event(2, 'accept'));
  closed.close();
  for (let port = 3; port < 1_100; port += 1) accept(port).close();
  expect(tap.connection('tcp', { ...CLIENT, port: 1 }, SERVER)).toBe(open);
  expect(tap.connection('tcp', { ...CLIENT, port: 2 }, SERVER)).not.toBe(closed);
});

test('a connection that nobody looks at keeps 64 events at the most', () => {
  const tap = new Tap();
  const connection = tap.accepted('tcp', CLIENT, SERVER);
  for (let at = 0; at < 1_000; at += 1) connection.report(event(at));
  expect(watch(tap).times).toHaveLength(64);
});
