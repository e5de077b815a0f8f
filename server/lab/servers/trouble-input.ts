import type { Milliseconds } from '../../../protocol/units.ts';
import type { LabConnection } from '../lab-connection.ts';

const RECEIVE_BYTES = 1_024;
const LINE_BYTES_MAX = 1_024;
/** A line that lacks its LF ends when nothing has followed for so long: whoever types it by hand may send none. */
const QUIET: Milliseconds = 250;
const LF = 0x0a;
const NOTHING = Buffer.alloc(0);

/** The calls that reading takes. */
export type Readable = Pick<LabConnection, 'recv' | 'sleep'>;

/** What comes in: lines first, then bytes as they come. */
export class TroubleInput {
  readonly #connection: Readable;
  #held: Buffer = NOTHING;
  #reading: Promise<Buffer> | undefined;

  constructor(connection: Readable) {
    this.#connection = connection;
  }

  /** The next line without its line ending; undefined where the client has ended its sending and no line is left. */
  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf(LF);
      if (end >= 0) return this.#take(end, end + 1);
      if (this.#held.length >= LINE_BYTES_MAX) return this.#take(this.#held.length);
      const data = await this.#recvUnlessQuiet();
      if (data === undefined) return this.#take(this.#held.length);
      if (data.length === 0) return this.#held.length > 0 ? this.#take(this.#held.length) : undefined;
      this.#held = Buffer.concat([this.#held, data]);
    }
  }

  /** What was sent together with the line, then one recv each; nothing at the end. */
  async read(): Promise<Buffer> {
    if (this.#held.length === 0) return this.#recv();
    const held = this.#held;
    this.#held = NOTHING;
    return held;
  }

  #take(end: number, next = end): string {
    const line = this.#held.subarray(0, end).toString('latin1');
    this.#held = this.#held.subarray(next);
    return line.replace(/\r$/, '');
  }

  async #recvUnlessQuiet(): Promise<Buffer | undefined> {
    if (this.#held.length === 0) return this.#recv();
    const reading = this.#startReading();
    const data = await Promise.race([reading, this.#connection.sleep(QUIET)]);
    if (data === undefined) return undefined;
    this.#reading = undefined;
    return data;
  }

  async #recv(): Promise<Buffer> {
    const data = await this.#startReading();
    this.#reading = undefined;
    return data;
  }

  /** The one recv that may outlast its caller's patience. */
  #startReading(): Promise<Buffer> {
    this.#reading ??= this.#connection.recv(RECEIVE_BYTES);
    this.#reading.catch(() => undefined);
    return this.#reading;
  }
}
