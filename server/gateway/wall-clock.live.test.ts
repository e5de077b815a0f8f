import { expect, onTestFinished, test } from 'vitest';
import type { Milliseconds } from '../../protocol/units.ts';
import { startTestPlayground, until } from '../../testing/playground.ts';
import type { LiveSocket } from '../../web/store/live-socket.ts';
import { openTestPage } from '../../web/store/testing/test-page.ts';
import { createMonotonicClock, type MonotonicClock } from '../shared/clock.ts';

const HOUR = 3_600_000;

/** A server's clock on a machine whose wall clock somebody sets. */
function settableClock(): { clock: MonotonicClock; set: (by: number) => void } {
  let shift = 0;
  const clock = createMonotonicClock({
    monotonic: () => performance.now(),
    wall: () => Date.now() + shift,
    origin: performance.timeOrigin,
  });
  return { clock, set: (by) => (shift += by) };
}

/** The clock of a server that has run for so long. */
function clockOfAge(age: Milliseconds): MonotonicClock {
  const clock = createMonotonicClock();
  return {
    nowMicros: () => clock.nowMicros() + age * 1_000,
    get epoch() {
      return clock.epoch - age;
    },
  };
}

function wallTimes(record: LiveSocket): number[] {
  return Array.from({ length: record.log.length() }, (_, index) => record.wallClock(record.log.at(index)?.at ?? 0));
}

test('a wall clock that is set is followed by every page, also one that looks at no kernel state; what was stays', async () => {
  const { clock, set } = settableClock();
  const server = await startTestPlayground({ clock });
  onTestFinished(server.close);
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().mode !== undefined);
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo');
  const record = page.connect('tcp', '127.0.0.1', echo?.port ?? 0);
  await until(record, () => record.canHalfClose);
  // After this only the clock changes what STATS says.
  await until(page, () => page.labStats().get('Raw echo')?.connected === 1);
  const numbers = [...page.labStats()];
  const before = wallTimes(record);
  set(HOUR);
  await until(page, () => record.clock.length > 0);
  expect([page.gateway().back, [...page.labStats()]]).toEqual([undefined, numbers]);
  record.send(Uint8Array.of(1));
  await until(record, () => record.received.length === 1);
  const after = wallTimes(record);
  expect(after.slice(0, before.length)).toEqual(before);
  expect((after.at(-1) ?? 0) - (before[0] ?? 0)).toBeGreaterThan(HOUR - 1);
  expect(Math.abs((after.at(-1) ?? 0) - Date.now() - HOUR)).toBeLessThan(10_000);
});

test('a server that starts again: the end of a socket is its last event, and no time of before moves', async () => {
  const first = await startTestPlayground({ clock: clockOfAge(HOUR) });
  const page = openTestPage(first.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().mode !== undefined);
  const echo = first.lab.servers.find(({ name }) => name === 'Raw echo');
  const record = page.connect('tcp', '127.0.0.1', echo?.port ?? 0);
  await until(record, () => record.canHalfClose);
  const before = wallTimes(record);
  await first.close();
  const second = await startTestPlayground({ port: first.port });
  onTestFinished(second.close);
  page.client.poke();
  await until(record, () => record.isOver);
  const after = wallTimes(record);
  expect(after.slice(0, before.length)).toEqual(before);
  const places = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index)?.at ?? 0);
  expect(Math.max(...places)).toBe(places.at(-1));
  expect(after.at(-1)).toBeGreaterThan(Math.max(...before) - 1);
  expect(Math.abs((after.at(-1) ?? 0) - Date.now())).toBeLessThan(10_000);
});
