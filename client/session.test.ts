import { expect, test } from 'vitest';
import { ManualClock } from '../protocol/testing/manual-clock.ts';
import { GatewayClient } from './gateway-client.ts';
import { MemoryGateway } from './testing/memory-gateway.ts';

test('a session that was lost is told of, although the next WebSocket is cut as soon as it is online', () => {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const told: string[] = [];
  const client: GatewayClient = new GatewayClient({
    dial: gateway.dial,
    clock,
    random: () => 0.5,
    schedule: gateway.schedule,
    onWelcome: (_welcome, { isLost }) => told.push(isLost ? 'lost' : 'welcome'),
    onPhase: (phase) => {
      told.push(phase);
      if (told.filter((word) => word === 'online').length === 2 && phase === 'online') gateway.cut();
    },
    onLatency: () => undefined,
    onStats: () => undefined,
  });
  client.open({ kind: 'tcp', host: '127.0.0.1', port: 2 }, { onReset: ({ code }) => told.push(code) });
  client.start();
  gateway.settle();
  gateway.forget();
  clock.advance(1_000);
  gateway.settle();
  clock.advance(1_000);
  gateway.settle();
  expect(told).toEqual([
    'online',
    'welcome',
    'offline',
    'online',
    'offline',
    'ECONNRESET',
    'lost',
    'online',
    'welcome',
  ]);
});
