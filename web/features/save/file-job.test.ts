import { expect, test } from 'vitest';
import { encodeRecording } from '../../../trace/export/encode-recording.ts';
import { parseRecording } from '../../../trace/export/recording-json.ts';
import { recordedSocket, recordingFrom } from '../../../trace/recorded.ts';
import { recordingOf, SocketScript } from '../../../trace/testing/recordings.ts';
import { LiveSocket } from '../../store/live-socket.ts';
import { Playground } from '../../store/playground.ts';
import { type FileWorker, readFile, writeFile } from './file-job.ts';
import type { FromFileWorker, ToFileWorker } from './file-messages.ts';
import { FileWork } from './file-work.ts';
import { BYTES_A_PART, EVENTS_A_PART } from './parts.ts';

/** A worker in this process: each message is copied, and heard in a turn of its own, as a real one's is. */
class NearWorker implements FileWorker {
  onmessage: FileWorker['onmessage'] = null;
  onerror: FileWorker['onerror'] = null;
  readonly toWorker: ToFileWorker[] = [];
  readonly fromWorker: FromFileWorker[] = [];
  isTerminated = false;
  /** Messages that the page was given and has not answered. */
  mostUnanswered = 0;
  #unanswered = 0;
  readonly #work = new FileWork((message, transfer) => {
    const copy = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
    this.fromWorker.push(copy);
    setImmediate(() => {
      if (this.isTerminated) return;
      this.#unanswered += 1;
      this.mostUnanswered = Math.max(this.mostUnanswered, this.#unanswered);
      this.onmessage?.({ data: copy } as MessageEvent<FromFileWorker>);
    });
  });

  postMessage(message: ToFileWorker, transfer: Transferable[]): void {
    this.#unanswered = 0;
    const copy = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
    this.toWorker.push(copy);
    setImmediate(() => void this.#work.receive(copy));
  }
  terminate(): void {
    this.isTerminated = true;
  }
}

const TURNS = 3_000;
/** A conversation of some parts: events, and bytes that take more than one. */
function conversation(turns = TURNS): LiveSocket {
  const record = new LiveSocket({
    id: 5,
    ordinal: 1,
    kind: 'tcp',
    target: { host: '127.0.0.1', port: 8_009 },
    receiveSize: 1_024,
  });
  const handler = record.handler();
  const local = { host: '127.0.0.1', port: 55_378 };
  handler.onOpened?.({ called: 10, at: 20, local, remote: record.target, lab: 'Timestamp echo' });
  for (let turn = 0; turn < turns; turn += 1) {
    const bytes = Uint8Array.from({ length: 500 }, (_, index) => turn + index);
    record.sent.append(bytes);
    handler.onSent?.([{ at: 100 + turn * 10, count: bytes.length }]);
    handler.onData?.(105 + turn * 10, bytes);
  }
  return record;
}
const emptyPlayground = (): Playground =>
  new Playground({
    dial: () => ({ send: () => undefined, bufferedAmount: () => 0, close: () => undefined }),
    clock: { now: () => 0, after: () => () => undefined },
    random: () => 0.5,
    schedule: (flush) => queueMicrotask(flush),
  });
function partSizes(messages: readonly (ToFileWorker | FromFileWorker)[]): number[] {
  return messages.flatMap((message) => {
    if (message.type !== 'part') return [];
    return 'bytes' in message.part
      ? message.part.bytes.length / BYTES_A_PART
      : message.part.events.length / EVENTS_A_PART;
  });
}

test('a file is written part by part, and is what it would be at one go', async () => {
  const record = conversation();
  const worker = new NearWorker();
  const job = writeFile(worker, 'json', [record]);
  const expected = encodeRecording(recordingFrom([recordedSocket(record)]));
  const seen: (number | undefined)[] = [];
  job.subscribe(() => seen.push(job.progress));
  // What comes while it is written is not of this file.
  record.sent.append(Uint8Array.of(1));
  record.handler().onSent?.([{ at: 900_000, count: 1 }]);
  const file = await job.done;
  expect(await file?.text()).toBe(expected);

  const sizes = partSizes(worker.toWorker);
  expect(sizes.length).toBe(8); // 6,001 events, and 1.5 MB each way
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1);
  expect(worker.mostUnanswered).toBe(1);
  expect(seen).toEqual([1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8, undefined]);
  expect(worker.isTerminated).toBe(true);
});

test('a file is read part by part, and its sockets are listed when all of it is there', async () => {
  const record = conversation();
  const text = encodeRecording(recordingFrom([recordedSocket(record)]));
  const playground = emptyPlayground();
  const worker = new NearWorker();
  const job = readFile(worker, new Blob([text]), playground);
  let listedEarly = 0;
  job.subscribe(() => {
    listedEarly += playground.sockets().length;
  });
  const [read] = (await job.done) ?? [];
  expect(listedEarly).toBe(0);
  expect(playground.sockets()).toEqual([read]);
  const again = recordingFrom([{ ...recordedSocket(read as LiveSocket), id: 5 }]);
  expect(essence(encodeRecording(again))).toEqual(essence(text));
  expect(Math.max(...partSizes(worker.fromWorker))).toBeLessThanOrEqual(1);
  expect(worker.mostUnanswered).toBe(1);
});
/** The times of a recording that is read back are on another clock. */
function essence(text: string): unknown {
  return parseRecording(text).sockets.map(({ events, sent, received, ...head }) => {
    const bytes = [sent, received].map((stream) => Buffer.from(stream.slice(0, stream.length)).toString('base64'));
    return { head, bytes, events: events.map((event) => ({ ...event, at: event.at - (events[0]?.at ?? 0) })) };
  });
}

test('the events of a file come by their time, in whichever order it has them: views need not move any', async () => {
  const script = new SocketScript().connect();
  for (let turn = 0; turn < 100; turn += 1) script.send('local', `${turn}`).recv('peer');
  const socket = script.done();
  const text = encodeRecording(recordingOf({ ...socket, events: socket.events.toReversed() }));
  const [read] = (await readFile(new NearWorker(), new Blob([text]), emptyPlayground()).done) ?? [];
  const times = Array.from({ length: read?.log.length() ?? 0 }, (_, index) => read?.log.at(index)?.at ?? 0);
  expect(times).toHaveLength(201);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a capture, a text and a program are written by the same way', async () => {
  const record = conversation();
  const capture = await writeFile(new NearWorker(), 'pcapng', [record]).done;
  expect(new DataView((await capture?.arrayBuffer()) as ArrayBuffer).getUint32(0)).toBe(0x0a0d0d0a);
  const text = await writeFile(new NearWorker(), 'text', [conversation(2)]).done;
  expect(await text?.text()).toMatch(/^from \d{4}-.*\n#\d+ tcp .*\n\n/);
  const program = await writeFile(new NearWorker(), 'python', [record]).done;
  expect(await program?.text()).toContain('import socket');
});

test('cancelled, it ends: the worker is gone, and nothing has joined the list', async () => {
  const text = encodeRecording(recordingFrom([recordedSocket(conversation())]));
  const playground = emptyPlayground();
  const worker = new NearWorker();
  const job = readFile(worker, new Blob([text]), playground);
  job.subscribe(() => job.cancel());
  expect(await job.done).toBeUndefined();
  expect(worker.isTerminated).toBe(true);
  expect(playground.sockets()).toEqual([]);
});

test('what is wrong with a file is told as it is, and so is a worker that dies', async () => {
  const refused = readFile(new NearWorker(), new Blob(['{"a":1}']), emptyPlayground());
  await expect(refused.done).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
  const worker = new NearWorker();
  const job = readFile(worker, new Blob(['{}']), emptyPlayground());
  worker.onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(job.done).rejects.toMatchObject({ code: 'INTERNAL', message: 'out of memory' });
});
