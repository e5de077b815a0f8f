import type { Cancel } from '../../../../protocol/clock.ts';
import { FRAME_COST_MIN } from '../../../../protocol/credit.ts';
import type { ByteCount, Milliseconds } from '../../../../protocol/units.ts';
import type { SideWork } from '../../../shared/side-work.ts';

/** A recv(2) of a few bytes, and what Node does before it calls back: measured roughly. */
const READ_WORK: Milliseconds = 0.02;

/**
 * The recv(2)s of a few bytes of one connection. Each costs its tab what a long one costs, and no frame of the tab's asks for
 * it: while the tab owes, or others wait for their turn, the socket is not read.
 */
export class ShortReads {
  readonly #sideWork: SideWork;
  readonly #readAgain: () => void;
  #cancel: Cancel | undefined;

  /** `readAgain`: the socket may be read on. */
  constructor(sideWork: SideWork, readAgain: () => void) {
    this.#sideWork = sideWork;
    this.#readAgain = readAgain;
  }

  /** The socket is not to be read now; `readAgain` is called. */
  get isWaiting(): boolean {
    return this.#cancel !== undefined;
  }
  /** One recv(2) returned so many bytes. */
  count(bytes: ByteCount): void {
    if (bytes >= FRAME_COST_MIN) return;
    this.#sideWork.spend(READ_WORK);
    if (this.#sideWork.mayGoOn) return;
    this.#cancel ??= this.#sideWork.whenMayGoOn(() => {
      this.#cancel = undefined;
      this.#readAgain();
    });
  }
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
