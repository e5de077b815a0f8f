/** One that does what no page does, as fast as it is let. Arguments: the page's address, and what to flood with. */
import { encodeFrame, FrameType, HEADER_BYTES } from '../protocol/frame.ts';
import { encodeU32 } from '../protocol/happenings.ts';
import { encodeMessage } from '../protocol/messages.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { pause } from './program.ts';

const [url = '', what = '', echoPort = '0'] = process.argv.slice(2);
const TURN_MILLISECONDS = 10;
const QUEUED_BYTES = 262_144;

const FLOODS: Readonly<Record<string, (raw: RawGateway) => void>> = {
  tiny: (raw) => raw.send(FrameType.DATA, 1, Uint8Array.of(1)),
  ping: (raw) => raw.ws.ping(),
  batch: (raw) => raw.ws.send(manyPings),
  ack: (raw) => raw.send(FrameType.ACK, 0, encodeU32(raw.received)),
  open: (raw) => {
    const stream = 3 + 2 * raw.sentSeq;
    raw.send(FrameType.OPEN, stream, encodeMessage({ kind: 'tcp', host: '127.0.0.1', port: Number(echoPort) }));
    raw.send(FrameType.RST, stream);
  },
};

const ping = encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() });
const manyPings = new Uint8Array(5_000 * HEADER_BYTES);
for (let index = 0; index < 5_000; index += 1) manyPings.set(ping, index * HEADER_BYTES);

process.on('disconnect', () => process.exit());
process.send?.('ready');
for (;;) {
  const entered = await RawGateway.enter(url).catch(() => undefined);
  if (!entered) {
    await pause(200);
    continue;
  }
  const { raw } = entered;
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: Number(echoPort) });
  let isClosed = false;
  void raw.closed.then(() => {
    isClosed = true;
  });
  while (!isClosed) {
    for (let index = 0; index < 500 && raw.ws.bufferedAmount < QUEUED_BYTES; index += 1) FLOODS[what]?.(raw);
    await pause(TURN_MILLISECONDS);
  }
}
