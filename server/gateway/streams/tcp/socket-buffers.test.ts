import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { type CallResult, CallResult as Schema } from '../../../../protocol/messages/calls.ts';
import { decodeMessage } from '../../../../protocol/messages/codec.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { PolicyMode } from '../../../../protocol/messages/session.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

/** What getsockopt(2) says of a socket that was dialled with these options. */
async function optionsOf(mode: PolicyMode, options: SocketOptions = {}): Promise<NonNullable<CallResult['values']>> {
  const target = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  onTestFinished(() => void target.close());
  await new Promise((resolve) => target.once('listening', resolve));
  const { port } = target.address() as AddressInfo;
  const server = await startTestPlayground({ mode, allow: [`127.0.0.1:${port}`] });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const lab = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: mode === 'class' ? lab : port, options });
  await raw.next(FrameType.OPENED, 1);
  raw.send(FrameType.CALL, 1, Buffer.from(JSON.stringify({ id: 1, call: 'getsockopt' })));
  return decodeMessage(Schema, (await raw.next(FrameType.RESULT)).payload).values ?? {};
}

// Linux tells twice what was set (socket(7)).
test.runIf(process.platform === 'linux')(
  'a class’s sockets have small buffers, unless they ask otherwise',
  async () => {
    expect(await optionsOf('class')).toMatchObject({ sendBuffer: 131_072, receiveBuffer: 131_072 });
    expect(await optionsOf('class', { sendBuffer: 16_384 })).toMatchObject({
      sendBuffer: 32_768,
      receiveBuffer: 131_072,
    });
  },
);
test.runIf(process.platform === 'linux')('other modes leave the buffers to the system', async () => {
  expect((await optionsOf('allow-list')).sendBuffer).not.toBe(131_072);
});
