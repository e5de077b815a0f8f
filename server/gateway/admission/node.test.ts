import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { CallResult } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { type Hello, Welcome } from '../../../protocol/messages/session.ts';
import { NODE_NAME } from '../../../protocol/node-name.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

async function start(node?: string) {
  const server = await startTestPlayground(node === undefined ? {} : { node });
  onTestFinished(() => server.close());
  const knock = async (at: string | undefined, hello: Partial<Hello> = {}): Promise<RawGateway> => {
    const raw = new RawGateway(server.url, undefined, at);
    onTestFinished(() => raw.cut());
    await raw.opened();
    raw.hello(hello);
    return raw;
  };
  const enter = async (at: string | undefined, hello: Partial<Hello> = {}) => {
    const raw = await knock(at, hello);
    return { raw, welcome: decodeMessage(Welcome, (await raw.next(FrameType.WELCOME)).payload) };
  };
  return { server, knock, enter };
}

test('WELCOME tells the node, and so does a ticket; there the session goes on', async () => {
  const { enter } = await start('school-1');
  const { raw, welcome } = await enter(undefined);
  expect(welcome.node).toBe('school-1');
  raw.send(FrameType.CALL, 0, encodeMessage({ id: 1, call: 'ticket' }));
  const { ticket = '', node } = decodeMessage(CallResult, (await raw.next(FrameType.RESULT, 0)).payload);
  expect(node).toBe('school-1');
  expect((await enter(node, { ticket: { ticket, received: 0 } })).welcome.status).toBe('new');
  const resume = { session: welcome.session, secret: welcome.secret ?? '', received: raw.received };
  expect((await enter('school-1', { resume })).welcome).toMatchObject({ status: 'resumed', node: 'school-1' });
});

test('who looks for another node begins no session here', async () => {
  const { server, knock } = await start('school-1');
  const raw = await knock('school-2');
  expect(await raw.goawayCode()).toBe('WRONG_NODE');
  expect(await raw.closed).toEqual({ code: 1_013, reason: 'WRONG_NODE' });
  expect(server.gateway.sessionCount).toBe(0);
});

test('a node that serves alone is called by its host, and takes whoever looks for one that was', async () => {
  const { enter } = await start();
  const resume = { session: '0'.repeat(32), secret: '0'.repeat(32), received: 0 };
  const { welcome } = await enter('school-2', { resume });
  expect(welcome.status).toBe('gone');
  expect(welcome.node).toMatch(new RegExp(NODE_NAME));
});

test.each([1, 3])('a browser of version %i is told that it is of another version', async (version) => {
  const { server, knock } = await start('school-1');
  for (const at of [undefined, 'school-2']) {
    expect(await (await knock(at, { version })).goawayCode()).toBe('VERSION_UNSUPPORTED');
  }
  expect(server.gateway.sessionCount).toBe(0);
});
