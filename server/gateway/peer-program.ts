import { FrameType } from '../../protocol/frame.ts';
import { encodeEvent, type PeerEvent } from '../../protocol/happenings.ts';
import type { Endpoint } from '../../protocol/messages.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';
import type { Observation } from '../tap/tap.ts';
import type { StreamPort } from './stream-port.ts';

/** A connection's two ends. */
export type Ends = { readonly local: Endpoint; readonly remote: Endpoint };

/** The program of the lab at the other end of a connection: its calls are told to the browser, no faster than it takes them. */
export class PeerProgram {
  readonly #stream: number;
  readonly #port: StreamPort;
  #observation: Observation | undefined;
  #isWaiting = false;
  /** The connection's own end has been told: the last calls do not wait. */
  #isUrgent = false;

  constructor(stream: number, port: StreamPort) {
    this.#stream = stream;
    this.#port = port;
  }

  observe(transport: 'tcp' | 'unix', { local, remote }: Ends, called: Microseconds): void {
    const { tap } = this.#port;
    this.#observation = tap.observe(transport, local, remote, (event) => this.#onEvent(event), called);
  }
  get isObserved(): boolean {
    return this.#observation !== undefined;
  }
  setReceiveSize(size: ByteCount | undefined): void {
    this.#observation?.setReceiveSize(size);
  }
  /** There may be room for events again. */
  onDrain(): void {
    if (!this.#isWaiting || !this.#port.hasEventRoom()) return;
    this.#isWaiting = false;
    this.#observation?.resume();
  }
  hurry(): void {
    this.#isUrgent = true;
    this.#isWaiting = false;
    this.#observation?.resume();
  }
  end(): void {
    this.#observation?.end();
    this.#observation = undefined;
  }

  #onEvent(event: PeerEvent): boolean {
    this.#port.send(FrameType.EVENT, this.#stream, encodeEvent(event));
    if (event.call === 'close' || event.call === 'reset') this.end(); // nothing comes after these
    if (this.#isUrgent) return true;
    this.#isWaiting = !this.#port.hasEventRoom();
    return !this.#isWaiting;
  }
}
