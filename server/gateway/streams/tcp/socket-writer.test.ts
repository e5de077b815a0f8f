import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { decodeSent, type SentRecord } from '../../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

/** A stream to a server of the test's own. */
async function openStream(): Promise<{ raw: RawGateway; peer: Socket }> {
  const service = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(service, 'listening');
  onTestFinished(() => void service.close());
  const { port } = service.address() as AddressInfo;
  const server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`] });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const accepted = once(service, 'connection');
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port });
  const [peer] = (await accepted) as [Socket];
  onTestFinished(() => void peer.destroy());
  await raw.next(FrameType.OPENED, 1);
  return { raw, peer };
}
async function sentRecords(raw: RawGateway, count: number): Promise<SentRecord[]> {
  const records: SentRecord[] = [];
  while (records.length < count) records.push(...decodeSent((await raw.next(FrameType.SENT, 1)).payload));
  return records;
}
async function readToEnd(peer: Socket): Promise<string> {
  let text = '';
  for await (const chunk of peer.setEncoding('latin1')) text += chunk;
  return text;
}

const LINES = Array.from({ length: 60 }, (_, index) => `line ${index}${'.'.repeat(index)}\n`);
const flood = (raw: RawGateway) => LINES.map((line) => raw.encode(FrameType.DATA, 1, Buffer.from(line)));

test.each([FrameType.FIN, FrameType.CLOSE])(
  'a flood in one turn leaves whole and in order, before a %s',
  async (end) => {
    const { raw, peer } = await openStream();
    raw.ws.send(Buffer.concat([...flood(raw), raw.encode(end, 1)]));
    expect(await readToEnd(peer)).toBe(LINES.join(''));
  },
);

test('each send of a flood is told with its own length and when it returned', async () => {
  const { raw, peer } = await openStream();
  raw.ws.send(Buffer.concat(flood(raw)));
  peer.resume();
  const records = await sentRecords(raw, LINES.length);
  expect(records.map(({ count }) => count)).toEqual(LINES.map(({ length }) => length));
  for (const [index, { at }] of records.entries()) expect(at).toBeGreaterThanOrEqual(records[index - 1]?.at ?? 0);
});

test('a reset drops what has been gathered', async () => {
  const { raw, peer } = await openStream();
  const ended = once(peer, 'close').catch((error) => [error]);
  peer.on('error', () => undefined);
  peer.resume();
  raw.ws.send(Buffer.concat([...flood(raw), raw.encode(FrameType.RST, 1)]));
  await raw.next(FrameType.CLOSED, 1);
  await ended;
  expect(peer.bytesRead).toBeLessThan(LINES.join('').length);
});

test('our FIN is told before the other end’s that answers it', async () => {
  const { raw, peer } = await openStream();
  peer.on('end', () => peer.end());
  peer.resume();
  raw.send(FrameType.FIN, 1);
  // Numbered in the order in which they left.
  const theirs = await raw.next(FrameType.FIN, 1);
  const ours = await raw.next(FrameType.SENT, 1);
  expect(decodeSent(ours.payload).map(({ count }) => count)).toEqual([0]);
  expect(ours.seq).toBeLessThan(theirs.seq);
});
