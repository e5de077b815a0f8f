import { encodeFrame, FrameType, HEADER_BYTES } from '../../protocol/frame.ts';
import type { CallRequest } from '../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../protocol/messages/codec.ts';
import { Opened } from '../../protocol/messages/socket.ts';
import { encodeU32 } from '../../protocol/payloads.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { pause } from '../program.ts';
import { type Attack, labPort, type Target } from './attack.ts';
import { persist, pour } from './entering.ts';

const ONE = Uint8Array.of(1);
const NOTHING = new Uint8Array();
const CONNECTIONS = 4;
/** The padding of one byte of DATA: a PONG of which nothing is kept. */
const PADDING_BYTES = 60_000;
const PING = encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: NOTHING });
const MANY_PINGS = repeated(PING, 5_000);
const BAD = encodeFrame({ type: FrameType.DATA, seq: 7, stream: 99, payload: ONE });

function repeated(bytes: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(count * HEADER_BYTES);
  for (let index = 0; index < count; index += 1) all.set(bytes, index * HEADER_BYTES);
  return all;
}

/** A socket to the raw echo, and as many of these as the session takes. */
function flood(send: (raw: RawGateway, target: Target) => void): Attack {
  return (target) =>
    persist(target, async (raw) => {
      raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, 'Raw echo') });
      await pour(raw, () => send(raw, target));
    });
}

function call(raw: RawGateway, stream: number, details: CallRequest): void {
  raw.send(FrameType.CALL, stream, encodeMessage({ id: raw.sentSeq, ...details }));
}

export const tiny = flood((raw) => raw.send(FrameType.DATA, 1, ONE));
export const empty = flood((raw) => raw.send(FrameType.DATA, 1, NOTHING));
export const ping = flood((raw) => raw.ws.ping());
export const batch = flood((raw) => raw.ws.send(MANY_PINGS));
export const ack = flood((raw) => raw.send(FrameType.ACK, 0, encodeU32(raw.received)));
export const open = flood((raw, target) => {
  const stream = 3 + 2 * raw.sentSeq;
  const port = labPort(target, 'Raw echo');
  raw.send(FrameType.OPEN, stream, encodeMessage({ kind: 'tcp', host: '127.0.0.1', port }));
  raw.send(FrameType.RST, stream);
});
export const tickets = flood((raw) => call(raw, 0, { call: 'ticket' }));
export const lookups = flood((raw) => call(raw, 0, { call: 'getaddrinfo', host: '127.0.0.1' }));
export const options = flood((raw) =>
  call(raw, 1, { call: 'setsockopt', options: { receiveSize: 1 + (raw.sentSeq % 65_536) } }),
);
export const watches = flood((raw) =>
  raw.send(FrameType.WATCH, 0, encodeMessage({ streams: Array.from({ length: 16 }, (_, index) => 1 + 2 * index) })),
);

/** What is sent after the frame that makes no sense. */
export const afterRefusal: Attack = async (target) => {
  const insist = async (): Promise<void> => {
    for (;;) {
      const raw = new RawGateway(target.url, target.address);
      await raw.opened().catch(() => undefined);
      if (raw.ws.readyState === raw.ws.OPEN) raw.ws.send(BAD);
      await pour(raw, () => raw.ws.send(PING));
      raw.cut();
      await pause(50);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, insist));
};

/** One byte of DATA, or none, in a message of 60 KB, to a server of one's own that does not read. */
function padded(payload: Uint8Array): Attack {
  return (target) =>
    persist(target, async (raw) => {
      raw.open(1, { kind: 'listen', host: '127.0.0.1', port: 0, backlog: 5 });
      const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 1)).payload);
      raw.open(3, { kind: 'tcp', host: '127.0.0.1', port: local.port });
      await raw.next(FrameType.OPENED, 3);
      await stuff(raw, 3);
      const pong = encodeFrame({ type: FrameType.PONG, seq: 0, stream: 0, payload: new Uint8Array(PADDING_BYTES) });
      // Within the session's budget of bytes, so that it is never paused for that.
      while (raw.ws.readyState === raw.ws.OPEN) {
        for (let count = 0; count < 3; count += 1)
          raw.ws.send(Buffer.concat([raw.encode(FrameType.DATA, 3, payload), pong]));
        await pause(100);
      }
    });
}

/** Fills the buffers of the kernel that lie between, with less than the stream's credit. */
async function stuff(raw: RawGateway, stream: number): Promise<void> {
  for (let count = 0; count < 7; count += 1) {
    raw.send(FrameType.DATA, stream, new Uint8Array(32_000));
    await pause(10);
  }
}

export const oneInSixty = padded(ONE);
export const noneInSixty = padded(NOTHING);
