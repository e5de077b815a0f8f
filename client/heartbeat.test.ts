import { expect, test } from 'vitest';
import { ManualClock } from '../protocol/testing/manual-clock.ts';
import { Heartbeat } from './heartbeat.ts';

test('the latency is that of the fastest of the last five: one that waited for the page says nothing of the network', () => {
  const clock = new ManualClock();
  const [pings, told]: [number[], number[]] = [[], []];
  const heartbeat = new Heartbeat({
    clock,
    sendPing: (id) => pings.push(id),
    onLatency: (latency) => told.push(latency),
    onUnstable: () => undefined,
    onSilent: () => undefined,
  });
  heartbeat.ping();
  for (const latency of [40, 2, 500, 30, 30, 30, 30, 30]) {
    clock.advance(latency);
    heartbeat.onPong(pings.at(-1) ?? 0);
    clock.advance(5_000);
  }
  heartbeat.stop();
  expect(told).toEqual([40, 2, 2, 2, 2, 2, 30, 30]);
});
