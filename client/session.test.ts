import { expect, test } from 'vitest';
import { FrameType } from '../protocol/frame.ts';
import { encodeTime } from '../protocol/payloads.ts';
import { ManualClock } from '../protocol/testing/manual-clock.ts';
import { GatewayClient } from './gateway-client.ts';
import type { GatewayClientOptions } from './gateway-client-options.ts';
import type { StreamHandler } from './stream.ts';
import { MemoryGateway } from './testing/memory-gateway.ts';

type Hooks = Partial<GatewayClientOptions>;

/** A client that is online, with one socket. */
function online(gateway: MemoryGateway, clock: ManualClock, hooks: Hooks, handler: StreamHandler): void {
  const client: GatewayClient = new GatewayClient({
    dial: gateway.dial,
    clock,
    random: () => 0.5,
    schedule: gateway.schedule,
    onWelcome: () => undefined,
    onPhase: () => undefined,
    onLatency: () => undefined,
    onStats: () => undefined,
    ...hooks,
  });
  client.open({ kind: 'tcp', host: '127.0.0.1', port: 2 }, handler);
  client.start();
  gateway.settle();
}

test('a session that was lost is told of, although the next WebSocket is cut as soon as it is online', () => {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const told: string[] = [];
  const hooks: Hooks = {
    onWelcome: (_welcome, { isLost }) => told.push(isLost ? 'lost' : 'welcome'),
    onPhase: (phase) => {
      told.push(phase);
      if (told.filter((word) => word === 'online').length === 2 && phase === 'online') gateway.cut();
    },
  };
  online(gateway, clock, hooks, { onReset: ({ code }) => told.push(code) });
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

test('the clock of the new server is told of before the sockets of the lost session end', () => {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const told: string[] = [];
  const hooks: Hooks = { onWelcome: () => told.push('welcome'), onTime: () => told.push('time') };
  online(gateway, clock, hooks, { onReset: ({ code }) => told.push(code) });
  told.length = 0;
  gateway.cut();
  gateway.forget();
  clock.advance(1_000);
  gateway.settle();
  expect(told).toEqual(['time', 'ECONNRESET', 'welcome']);
});

test('a server that stops ends its sockets at no time before what it told of them', () => {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const ended: number[] = [];
  online(gateway, clock, {}, { onReset: ({ at }) => ended.push(at) });
  // WELCOME said 1, and took longer to come than this.
  gateway.send(FrameType.FIN, 1, encodeTime(90_000_000));
  gateway.settle();
  gateway.cut(1_008, 'SESSION_GONE');
  expect(ended).toEqual([90_000_000]);
});
