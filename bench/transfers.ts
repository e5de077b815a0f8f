import type { ByteCount } from '../protocol/units.ts';
import { SequenceReader, SequenceWriter } from '../testing/byte-sequence.ts';
import type { BenchSession, BenchStream, RunningBridge } from './adapters/adapter.ts';

const WRITE_BYTES = 65_536;

/** How many bytes a target is to send or to take. */
export function header(count: ByteCount): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes;
}
export async function withSession<Result>(
  bridge: RunningBridge,
  run: (session: BenchSession) => Promise<Result>,
): Promise<Result> {
  const session = await bridge.connect();
  try {
    return await run(session);
  } finally {
    session.close();
  }
}
/** Each byte is compared as it arrives; the error of a wrong one has its place. */
export function download(session: BenchSession, port: number, count: ByteCount): Promise<void> {
  return new Promise((resolve, reject) => {
    const reader = new SequenceReader();
    const onData = (bytes: Uint8Array): void => {
      try {
        reader.take(bytes);
        if (reader.position === count) resolve();
      } catch (error) {
        reject(error as Error);
      }
    };
    session.open(port, onData).then((stream) => stream.write(header(count)), reject);
  });
}
async function write(stream: BenchStream, count: ByteCount): Promise<void> {
  stream.write(header(count));
  const writer = new SequenceWriter();
  while (writer.position < count) {
    await stream.writable();
    stream.write(writer.next(Math.min(WRITE_BYTES, count - writer.position)));
  }
}
function checkVerdict(verdict: number | undefined): void {
  if (verdict !== 1) throw new Error('the target received other bytes');
}
export async function upload(session: BenchSession, port: number, count: ByteCount): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const stream = await session.open(port, ([verdict]) => resolve(verdict));
  await write(stream, count);
  checkVerdict(await promise);
}
/** Both ways at once on one stream; the target's verdict comes behind its last byte. */
export async function exchange(session: BenchSession, port: number, count: ByteCount): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const reader = new SequenceReader();
  const stream = await session.open(port, (bytes) => {
    try {
      const left = count - reader.position;
      reader.take(bytes.subarray(0, left));
      if (bytes.length > left) resolve(bytes[left]);
    } catch (error) {
      reject(error as Error);
    }
  });
  await Promise.race([write(stream, count), promise.then(() => undefined)]); // a wrong byte ends it at once
  checkVerdict(await promise);
}

/** Opens a stream and sees a byte come back: some bridges call a stream open before it is. */
export async function openEchoed(session: BenchSession, port: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = await session.open(port, () => resolve());
  stream.write(Uint8Array.of(0));
  await promise;
}
