import { expect, test } from 'vitest';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import type { BoundSocket } from '../../../net/accept-queue.ts';
import type { Environment } from '../environment.ts';
import type { StreamHost } from '../stream-host.ts';
import { connectBound } from './bound-calls.ts';
import { PortMap } from './port-map.ts';

function createBound(log: string[]): BoundSocket {
  const refuse = (call: string) => async (): Promise<never> => {
    log.push(call);
    throw Object.assign(new Error(), { code: 'ECONNREFUSED' });
  };
  return {
    endpoint: { host: '127.0.0.1', port: 20_000 },
    listen: refuse('listen'),
    connect: refuse('connect'),
    close: async () => void log.push('close'),
  };
}
function connect(dialler: object, log: string[]): Promise<unknown> {
  const kernel = { setReadBuffer: () => false };
  const environment = { clock: { nowMicros: () => 0 }, kernel, dialler } as unknown as Environment;
  const host = { tab: { ports: new PortMap() } } as unknown as StreamHost;
  const here = {
    bound: createBound(log),
    listens: () => void log.push('listens'),
    forget: () => void log.push('forget'),
    accepted: () => undefined,
    shownPort: 20_000,
    real: 20_000,
  };
  const run = connectBound(environment, host, 1, () => undefined);
  return Promise.resolve(run(here, { id: 1, call: 'connect', host: 'refused.example', port: 9 }));
}

test('a bound socket whose target the policy refuses is closed', async () => {
  const log: string[] = [];
  const resolve = async (): Promise<never> => {
    throw new PlaygroundError('TARGET_FORBIDDEN', 'refused.example');
  };
  await expect(connect({ resolve }, log)).rejects.toMatchObject({ code: 'TARGET_FORBIDDEN' });
  expect(log).toEqual(['close', 'forget']);
});

test('one that connect(2) has had is its to end', async () => {
  const log: string[] = [];
  const resolve = async () => [{ address: '127.0.0.1', port: 9, isVacant: false }];
  const connectBoundNow = (_route: unknown, start: () => Promise<unknown>) => start();
  await expect(connect({ resolve, connectBound: connectBoundNow }, log)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
  expect(log).toEqual(['connect', 'forget']);
});
