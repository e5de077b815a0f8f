import { expect, test } from 'vitest';
import { ManualClock } from '../protocol/testing/manual-clock.ts';
import { GatewayClient } from './gateway-client.ts';
import type { GatewayClientOptions } from './gateway-client-options.ts';
import { MemoryGateway } from './testing/memory-gateway.ts';

function open(options: Partial<GatewayClientOptions> = {}) {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const phases: string[] = [];
  const client = new GatewayClient({
    dial: gateway.dial,
    clock,
    random: () => 0.5,
    schedule: gateway.schedule,
    onWelcome: () => undefined,
    onPhase: (phase, error) => phases.push(error ? `${phase} ${error.code}` : phase),
    onLatency: () => undefined,
    onStats: () => undefined,
    ...options,
  });
  return { clock, gateway, client, phases };
}

test('the first dial goes to any node, each later one to that of the session', () => {
  const { clock, gateway, client } = open();
  client.start();
  gateway.settle();
  gateway.cut();
  clock.advance(200);
  gateway.settle();
  expect(gateway.dialled).toEqual([undefined, 'a']);
  expect(client.node).toBe('a');
});

test('the wrong node is no end: it is dialled again after 0.2, 0.5, 1 s, or when GOAWAY says', () => {
  const { clock, gateway, client, phases } = open();
  client.start();
  gateway.settle();
  gateway.refusal = { code: 'WRONG_NODE', text: 'this is b' };
  gateway.cut();
  for (const [index, wait] of [200, 500, 1_000].entries()) {
    clock.advance(wait - 1);
    expect(gateway.dialled.length).toBe(index + 1);
    clock.advance(1);
    expect(gateway.dialled.length).toBe(index + 2);
    if (index === 2) gateway.refusal = { ...gateway.refusal, in: 30 };
    gateway.step();
  }
  expect(phases.at(-1)).toBe('offline WRONG_NODE');
  gateway.refusal = undefined;
  clock.advance(30);
  gateway.settle();
  expect(phases.at(-1)).toBe('online');
  expect(gateway.dialled).toEqual([undefined, 'a', 'a', 'a', 'a']);
});

test('a server that stops says when to dial again', () => {
  const { clock, gateway, client } = open();
  client.start();
  gateway.settle();
  gateway.goAway({ code: 'SESSION_GONE', text: 'the server stops', in: 1_700 });
  gateway.step();
  gateway.cut();
  clock.advance(1_699);
  expect(gateway.dialled.length).toBe(1);
  clock.advance(1);
  expect(gateway.dialled.length).toBe(2);
});

test('once its session is past the grace period any node will do', () => {
  const { clock, gateway, client, phases } = open();
  client.start();
  gateway.settle();
  gateway.refusal = { code: 'WRONG_NODE', text: 'this is b' };
  gateway.cut();
  while (gateway.dialled.at(-1) !== undefined || gateway.dialled.length === 1) {
    clock.advance(1_000);
    gateway.step();
    if (clock.now() > 200_000) throw new Error('it never gives the node up');
  }
  expect(clock.now()).toBeGreaterThan(120_000);
  gateway.refusal = undefined;
  gateway.node = 'b';
  gateway.forget();
  clock.advance(10_000);
  gateway.settle();
  expect(phases.at(-1)).toBe('online');
  expect(client.node).toBe('b');
});

test('a program dials where its page is, also when the page has moved since', async () => {
  const tickets = [
    { ticket: '0'.repeat(32), node: 'b' },
    { ticket: '1'.repeat(32), node: 'b' },
  ];
  const { gateway, client } = open({ ticket: () => Promise.resolve(tickets.shift() ?? { ticket: '' }) });
  client.start('a');
  for (let round = 0; round < 20; round += 1) {
    gateway.step();
    await Promise.resolve();
  }
  expect(gateway.dialled).toEqual(['a', 'b']);
  expect(tickets).toEqual([]);
});

test('past the grace period a program comes in where the ticket says, and is told that its sockets are lost', async () => {
  const { clock, gateway, client, phases } = open({
    ticket: () => Promise.resolve({ ticket: '0'.repeat(32), node: 'a' }),
  });
  const resets: string[] = [];
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      gateway.step();
      await Promise.resolve();
    }
  };
  client.start('a');
  await settle();
  client.open({ kind: 'tcp', host: '127.0.0.1', port: 7 }, { onReset: ({ code }) => resets.push(code) });
  await settle();
  gateway.cut();
  // Nobody answers: no dial gets further than being made.
  while (clock.now() < 130_000) clock.advance(1_000);
  const { length } = gateway.dialled;
  while (gateway.dialled.length === length) clock.advance(1_000);
  await settle();
  expect(gateway.dialled.slice(length)).toEqual([undefined, 'a']);
  expect(phases.at(-1)).toBe('online');
  expect(resets).toEqual(['ECONNRESET']);
});
