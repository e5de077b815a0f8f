import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { setImmediate as round } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dataCost, ReceiveWindow } from '../../../../protocol/credit.ts';
import { FrameType } from '../../../../protocol/frame.ts';
import { MessagePool } from '../../../../protocol/message-pool.ts';
import { decodeSent } from '../../../../protocol/payloads.ts';
import { SocketWriter } from './socket-writer.ts';
import { SHORT_SEND_MAX } from './waiting-sends.ts';

/** A connection whose kernel takes nothing until `drain`, and then all. */
function blockedWriter() {
  const writes: Buffer[] = [];
  const held: (() => void)[] = [];
  let isBlocked = true;
  const socket = new Writable({
    write: (chunk: Buffer, _encoding, taken) => {
      const take = (): void => {
        writes.push(Buffer.from(chunk));
        taken();
      };
      if (isBlocked) held.push(take);
      else take();
    },
  });
  const told: number[] = [];
  const window = new ReceiveWindow();
  const writer = new SocketWriter(1, window, { nowMicros: () => 0 }, {
    send: (type: FrameType, _stream: number, payload: Uint8Array) => {
      if (type === FrameType.SENT) told.push(...decodeSent(payload).map(({ count }) => count));
    },
    soon: (task: () => void) => void setImmediate(task),
    tab: { pool: new MessagePool(2) },
  } as never);
  writer.attach(socket as unknown as Socket);
  return {
    writer,
    writes,
    told,
    socket,
    /** In a turn of its own; the buffer is used again for another message, as ws may. */
    send: async (text: string): Promise<void> => {
      const message = Buffer.from(text);
      window.receive(dataCost(message.length));
      writer.send(message);
      await round();
      if (message.length <= SHORT_SEND_MAX) message.fill(0);
    },
    drain: async (): Promise<void> => {
      isBlocked = false;
      for (const take of held.splice(0)) take();
      for (let turn = 0; turn < 4; turn += 1) await round();
    },
    text: () => Buffer.concat(writes).toString('latin1'),
  };
}

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index};`);

test('short sends behind a full kernel leave in order and together, and each is told', async () => {
  const { send, drain, writes, text, told } = blockedWriter();
  await send('first'.padEnd(5_000, '.'));
  for (const line of LINES) await send(line);
  expect(writes).toEqual([]);
  await drain();
  expect(text()).toBe(`${'first'.padEnd(5_000, '.')}${LINES.join('')}`);
  expect(told).toEqual([5_000, ...LINES.map(({ length }) => length)]);
  expect(writes).toHaveLength(2);
});

test('a few are a call each, as they would have been at once', async () => {
  const { send, drain, writes } = blockedWriter();
  await send('x'.repeat(5_000));
  for (const line of LINES.slice(0, 3)) await send(line);
  await drain();
  expect(writes.slice(1).map(String)).toEqual(LINES.slice(0, 3));
});

test('a long send overtakes no short one that waits, nor a short one a long one', async () => {
  const { send, drain, text } = blockedWriter();
  const [long, longer] = ['L'.repeat(SHORT_SEND_MAX + 1), 'M'.repeat(SHORT_SEND_MAX + 2)];
  for (const piece of [long, 'short', longer, 'end']) await send(piece);
  await drain();
  expect(text()).toBe(`${long}short${longer}end`);
});

test('FIN comes behind what waits', async () => {
  const { writer, send, drain, text, told, socket } = blockedWriter();
  await send('x'.repeat(5_000));
  await send('last words');
  writer.shutdown();
  expect(socket.writableEnded).toBe(true);
  await drain();
  expect(text()).toBe(`${'x'.repeat(5_000)}last words`);
  expect(told).toEqual([5_000, 10, 0]);
});

test('what is sent after the kernel has taken all leaves at once again', async () => {
  const { send, drain, writes } = blockedWriter();
  await send('x'.repeat(5_000));
  await send('behind');
  await drain();
  await send('at once');
  expect(writes.map(String).slice(1)).toEqual(['behind', 'at once']);
});
