import { FrameType } from '../../protocol/frame.ts';
import { encodeU32 } from '../../protocol/payloads.ts';
import { pause } from '../program.ts';
import { type Attack, labPort } from './attack.ts';
import { persist } from './entering.ts';

/** What the victim's server sends, and the attacker's, which sends characters, never does. */
const SECRET_BYTE = 0x01;
const SECRET_BYTES = Buffer.alloc(32, SECRET_BYTE);
const BLOCK_BYTES = 32_768;
const VICTIMS_ADDRESS = '127.0.0.4';
const STREAMS = 4;
/** More than the kernel holds of a WebSocket that nobody reads. */
const FILL: number = 3_000;

/** Has long answers from an echo, block by block. */
const receiveSecrets: Attack = (target) =>
  persist({ ...target, address: VICTIMS_ADDRESS }, async (raw) => {
    raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, 'Raw echo') });
    raw.send(FrameType.CREDIT, 1, encodeU32(0x7fff_0000));
    while (raw.ws.readyState === raw.ws.OPEN) {
      raw.send(FrameType.DATA, 1, new Uint8Array(BLOCK_BYTES).fill(SECRET_BYTE));
      raw.acknowledge();
      await pause(30);
    }
  });

/** Acknowledges what it has not read, and then reads: are there another learner's bytes in it? */
const acknowledgeEarly: Attack = (target, tell) =>
  persist(target, async (raw) => {
    raw.ws.on('message', (message: Buffer) => {
      if (message.includes(SECRET_BYTES)) tell(`${message.length} bytes with another learner’s among them`);
    });
    for (let index = 0; index < STREAMS; index += 1) {
      raw.open(1 + 2 * index, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, 'Character generator') });
      raw.send(FrameType.CREDIT, 1 + 2 * index, encodeU32(4_000_000));
    }
    await raw.next(FrameType.DATA, 1);
    raw.ws.pause();
    const start = raw.received;
    // The ring refuses more than 1 MiB unacknowledged, so it is moved on a little at a time, blindly.
    for (let waited = 0, step = 0; waited < FILL && raw.ws.readyState === raw.ws.OPEN; waited += 10, step += 1) {
      raw.send(FrameType.ACK, 0, encodeU32(start + step));
      await pause(10);
    }
    raw.ws.resume();
    await Promise.race([raw.closed, pause(1_000)]);
  });

export const earlyAcks: Attack = async (target, tell) => {
  await Promise.all([receiveSecrets(target, tell), acknowledgeEarly(target, tell)]);
};
