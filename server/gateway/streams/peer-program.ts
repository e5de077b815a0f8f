import type { Cancel } from '../../../protocol/clock.ts';
import { FrameType } from '../../../protocol/frame.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { encodeEvent, type PeerEvent } from '../../../protocol/payloads.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../../protocol/units.ts';
import { timerClock } from '../../shared/timer-clock.ts';
import type { Observation, Tap } from '../../tap/tap.ts';
import type { StreamHost } from './stream-host.ts';

type Host = Pick<StreamHost, 'send' | 'events' | 'guard'> & { readonly tab: Pick<StreamHost['tab'], 'sideWork'> };
/** A connection's two ends. */
export type Ends = { readonly local: Endpoint; readonly remote: Endpoint };

/** The program of the lab at the other end of a connection: its calls are told to the browser, no faster than it takes them. */
export class PeerProgram {
  readonly #stream: number;
  readonly #tap: Tap;
  readonly #host: Host;
  readonly #onEnded: () => void;
  #observation: Observation | undefined;
  #isWaiting = false;
  /** Its end is closed, which may have been before anybody looked; or nobody looks any more. */
  #hasEnded = false;
  /** The connection's own end has been told: the last calls do not wait. */
  #isUrgent = false;
  /** It has made more calls than the tab's budget has, or took others' time: it goes on in a while. */
  #cancelPause: Cancel | undefined;

  /** `onEnded`: it has closed its end, or is no longer looked at. */
  constructor(stream: number, tap: Tap, host: Host, onEnded: () => void) {
    this.#stream = stream;
    this.#tap = tap;
    this.#host = host;
    this.#onEnded = onEnded;
  }

  observe(transport: 'tcp' | 'unix', { local, remote }: Ends, called: Microseconds): void {
    const observation = this.#tap.observe(transport, local, remote, (event) => this.#onEvent(event), called);
    if (this.#hasEnded) observation.end();
    else this.#observation = observation;
  }
  get isObserved(): boolean {
    return this.#observation !== undefined;
  }
  setReceiveSize(size: ByteCount | undefined): void {
    this.#observation?.setReceiveSize(size);
  }
  /** There may be room for events again. */
  onDrain(): void {
    if (!this.#isWaiting || this.#cancelPause || !this.#host.events.hasRoom()) return;
    this.#isWaiting = false;
    this.#observation?.resume();
  }
  hurry(): void {
    this.#isUrgent = true;
    this.#isWaiting = false;
    this.#endPause();
    this.#observation?.resume();
  }
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#endPause();
    this.#observation?.end();
    this.#observation = undefined;
    this.#onEnded();
  }
  /** Nobody is at this end any more: the program's own end is reset, and told where that is still looked at. */
  abort(): void {
    this.#observation?.abort();
    this.end();
  }

  #onEvent(event: PeerEvent): boolean {
    this.#host.send(FrameType.EVENT, this.#stream, encodeEvent(event));
    if (event.call === 'close' || event.call === 'reset') this.end(); // nothing comes after these
    const wait = this.#host.events.take();
    if (this.#isUrgent || this.#hasEnded) return true;
    this.#pauseFor(wait);
    this.#isWaiting = this.#cancelPause !== undefined || !this.#host.events.hasRoom();
    return !this.#isWaiting;
  }

  #pauseFor(wait: Milliseconds): void {
    const { guard, tab } = this.#host;
    const goOn = (): void => {
      this.#cancelPause = undefined;
      guard(() => this.onDrain());
    };
    if (wait > 0) this.#cancelPause ??= timerClock.after(wait, goOn);
    else if (!tab.sideWork.mayGoOn) this.#cancelPause ??= tab.sideWork.whenMayGoOn(goOn);
  }
  #endPause(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
  }
}
