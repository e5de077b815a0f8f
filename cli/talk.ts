import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../protocol/clock.ts';
import { isErrno } from '../protocol/errors.ts';
import { formatEndpoint } from '../protocol/target.ts';
import { chainToxics } from '../server/faults/toxic.ts';
import { now, recordingOf } from '../testing/kit/time-line.ts';
import { toHex } from '../trace/bytes/hex.ts';
import { SocketRecorder } from '../trace/recorder.ts';
import type { Channel } from './channel.ts';
import type { TalkOptions } from './talk-options.ts';

export type Streams = { readonly input: Readable; readonly output: Writable; readonly notes: Writable };

const clock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

/** Ctrl+C ends it well, with its recording written. */
export class Interrupted extends Error {}

/**
 * Joins standard input and output to a channel until it is closed: bytes alone go to the output. The end of the input is a FIN, and what
 * comes is read on until the other end's; after that, what is left of the input is sent.
 * @throws {Error} the channel's, ETIMEDOUT after the idle time, or {Interrupted}
 */
export async function talk(channel: Channel, options: TalkOptions, streams: Streams): Promise<void> {
  const conversation = new Conversation(channel, options, streams);
  try {
    await conversation.run();
  } finally {
    options.files.finish(recordingOf([conversation.recorder]));
  }
}

class Conversation {
  readonly recorder: SocketRecorder;
  readonly #channel: Channel;
  readonly #options: TalkOptions;
  readonly #streams: Streams;
  readonly #over: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #isInputOver = false;
  /** Our FIN is sent, or nothing is to be sent at all. */
  #isSendingOver = false;
  #idle: NodeJS.Timeout | undefined;
  #drained: (() => void) | undefined;

  constructor(channel: Channel, options: TalkOptions, streams: Streams) {
    this.#channel = channel;
    this.#options = options;
    this.#isSendingOver = options.isReceiveOnly;
    this.#streams = streams;
    this.recorder = new SocketRecorder({ kind: channel.kind, now });
    this.recorder.local = channel.local;
    this.recorder.remote = channel.remote;
    const text = channel.remote ? formatEndpoint(channel.remote.host, channel.remote.port) : '';
    this.recorder.call(channel.kind === 'accepted' ? 'accept' : 'connect', { text });
    this.#note(`connected: ${text}`);
    this.#over = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  async run(): Promise<void> {
    const interrupt = (): void => this.#fail(new Interrupted());
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    this.#touch();
    this.#channel.start({
      onData: (bytes) => this.#onData(bytes),
      onEnd: () => this.#onEnd(),
      onDrain: () => this.#drained?.(),
      onError: (error) => this.#fail(error),
      onClose: () => this.#resolve(),
    });
    if (!this.#options.isReceiveOnly) this.#send().catch((error: Error) => this.#fail(error));
    try {
      await this.#over;
    } finally {
      clearTimeout(this.#idle);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      this.#isInputOver = true;
      this.#drained?.();
    }
  }

  async #send(): Promise<void> {
    const { filter, toxics, isSendOnly } = this.#options;
    const stage = chainToxics(
      toxics,
      {
        write: (bytes) => this.#write(bytes),
        end: () => this.#end(),
        close: () => this.#channel.close(),
        reset: () => {
          this.recorder.call('reset');
          this.#channel.reset();
        },
      },
      { clock, random: Math.random },
    );
    const { input } = this.#streams;
    for await (const chunk of input as AsyncIterable<Buffer>) {
      if (this.#isInputOver) return;
      const bytes = filter.take(chunk);
      if (bytes.length > 0) stage.write(bytes);
      await this.#room();
    }
    const last = filter.end();
    if (last.length > 0) stage.write(last);
    stage.end();
    if (isSendOnly) this.#channel.close();
  }
  #isFull = false;
  #write(bytes: Uint8Array): void {
    if (this.#isInputOver) return;
    this.recorder.moved(this.#channel.kind === 'udp' ? 'sendto' : 'send', 'sent', bytes, this.#address());
    this.#options.files.add('sent', bytes);
    this.#tell('>', bytes);
    this.#isFull = !this.#channel.write(bytes);
  }
  async #room(): Promise<void> {
    if (!this.#isFull) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    this.#isFull = false;
  }
  #end(): void {
    if (this.#channel.kind !== 'udp') this.recorder.call('shutdown', { text: 'SHUT_WR' });
    this.#note('end of input: FIN sent');
    this.#isSendingOver = true;
    this.#channel.end();
  }

  #onData(bytes: Uint8Array): void {
    const { isSendOnly, isHex, files } = this.#options;
    this.recorder.moved(this.#channel.kind === 'udp' ? 'recvfrom' : 'recv', 'received', bytes, this.#address());
    files.add('received', bytes);
    this.#tell('<', bytes);
    if (isSendOnly) return;
    const { output } = this.#streams;
    if (output.write(isHex ? `${toHex(bytes, ' ')}\n` : Uint8Array.from(bytes))) return;
    this.#channel.pause();
    output.once('drain', () => this.#channel.resume());
  }
  #onEnd(): void {
    this.recorder.moved('recv', 'received', new Uint8Array());
    this.#note('the other end sent FIN');
    // It may still read. A person at a terminal is not waited for.
    const isWaiting = !this.#isSendingOver && !(this.#streams.input as Partial<NodeJS.ReadStream>).isTTY;
    if (!isWaiting) this.#channel.close();
  }
  #fail(error: Error): void {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (isErrno(code)) this.recorder.moved('recv', 'received', new Uint8Array(), { error: code });
    this.#channel.close();
    this.#reject(error);
  }

  #address(): { readonly text?: string } {
    const { kind, remote } = this.#channel;
    return kind === 'udp' && remote ? { text: formatEndpoint(remote.host, remote.port) } : {};
  }
  /** Something has moved. */
  #touch(): void {
    const { idleTimeout } = this.#options;
    if (idleTimeout === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#fail(Object.assign(new Error(`nothing moved for ${idleTimeout} ms`), { code: 'ETIMEDOUT' }));
    }, idleTimeout);
  }
  #tell(arrow: '<' | '>', bytes: Uint8Array): void {
    this.#touch();
    if (!this.#options.isTimed) return;
    const time = new Date().toISOString().slice(11, 23);
    this.#streams.notes.write(`${time} ${arrow} ${bytes.length} bytes\n`);
  }
  #note(text: string): void {
    if (this.#options.isVerbose) this.#streams.notes.write(`${text}\n`);
  }
}
