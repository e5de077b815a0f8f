import { expect, onTestFinished, test } from 'vitest';
import { encodeFrame, FrameType, HEADER_BYTES, MESSAGE_BYTES_MAX, PING_BYTES_MAX } from '../../../protocol/frame.ts';
import { numbersIn, tableRows } from '../../../protocol/testing/specification.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

/** The value of a limit of docs/protocol.md, and the close code of what is over it. */
function limitOf(limit: string): { value: number; closeCode: number } {
  const [, values = '', over = ''] = tableRows('limit').find(([name]) => name === limit) ?? [];
  return { value: numbersIn(values)[0] ?? 0, closeCode: numbersIn(over)[0] ?? 0 };
}
async function enter(): Promise<RawGateway> {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  return raw;
}
/** A PING as one message in so many fragments (RFC 6455 §5.4). */
function sendInFragments(raw: RawGateway, count: number): void {
  const message = encodeFrame({
    type: FrameType.PING,
    seq: 0,
    stream: 0,
    payload: new Uint8Array(count - HEADER_BYTES),
  });
  for (const [index, byte] of message.entries())
    raw.ws.send(Uint8Array.of(byte), { fin: index === message.length - 1 });
}

test('a message in as many fragments as the specification allows is answered; one more closes the WebSocket as it says', async () => {
  const raw = await enter();
  const { value, closeCode } = limitOf('fragments of a message');
  sendInFragments(raw, value);
  expect((await raw.next(FrameType.PONG)).payload.length).toBe(value - HEADER_BYTES);
  sendInFragments(raw, value + 1);
  expect(await raw.closed).toEqual({ code: closeCode, reason: '' });
});

test('a message as long as the specification allows is read; a byte more closes the WebSocket as it says', async () => {
  const raw = await enter();
  const { value, closeCode } = limitOf('WebSocket message');
  expect(value).toBe(MESSAGE_BYTES_MAX);
  raw.ws.send(pings(value));
  await raw.next(FrameType.PONG);
  raw.ws.send(new Uint8Array(value + 1));
  expect(await raw.closed).toEqual({ code: closeCode, reason: '' });
});

/** PINGs that fill so many bytes: each as long as one may be, the last two shorter. */
function pings(bytes: number): Buffer {
  const frames: Uint8Array[] = [];
  for (let rest = bytes; rest > 0; ) {
    const longest = HEADER_BYTES + PING_BYTES_MAX;
    const next = rest > longest && rest < longest + HEADER_BYTES ? rest - HEADER_BYTES : Math.min(rest, longest);
    frames.push(encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array(next - HEADER_BYTES) }));
    rest -= next;
  }
  return Buffer.concat(frames);
}
