import { expect, onTestFinished, test } from 'vitest';
import type { Hello, Welcome } from '../../../protocol/messages/session.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

async function house() {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const enter = async (address: string, hello: Partial<Hello> = {}) => {
    const entered = await RawGateway.enter(server.url, hello, address);
    onTestFinished(() => entered.raw.cut());
    return entered;
  };
  return { server, enter };
}
function firsts({ lab }: Welcome): string[] {
  return lab.filter(({ isFirst }) => isFirst).map(({ name }) => name);
}

test('whoever is alone goes to the tutorial’s server, and so does a second window; from the third on nobody waits', async () => {
  const { enter } = await house();
  for (const name of ['Timestamp echo', 'Timestamp echo', 'Threaded echo', 'Threaded echo']) {
    expect(firsts((await enter('127.0.0.1')).welcome)).toEqual([name]);
  }
});

test('where another address is in, nobody waits; whoever comes back is told what it was told before', async () => {
  const { server, enter } = await house();
  const { raw, resume } = await enter('127.0.0.1');
  expect(firsts((await enter('127.0.0.2')).welcome)).toEqual(['Threaded echo']);
  raw.cut();
  await expect.poll(() => server.gateway.attachedCount).toBe(1);
  const { welcome } = await enter('127.0.0.1', { resume: resume() });
  expect(welcome.status).toBe('resumed');
  expect(firsts(welcome)).toEqual(['Timestamp echo']);
});

test('those who have left their tabs do not make a crowd', async () => {
  const { server, enter } = await house();
  for (const address of ['127.0.0.2', '127.0.0.3']) (await enter(address)).raw.cut();
  await expect.poll(() => server.gateway.attachedCount).toBe(0);
  expect(firsts((await enter('127.0.0.1')).welcome)).toEqual(['Timestamp echo']);
});
