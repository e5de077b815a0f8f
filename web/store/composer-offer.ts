import { Observable } from '../../trace/observable.ts';

type Offered = { readonly text: string; readonly isExact: boolean };

/** Text that somebody offers to the composer: it is put in, and nothing is sent. */
export class ComposerOffer extends Observable {
  #offered: Offered | undefined;

  /** `isExact`: no line ending is to follow it. */
  put(text: string, isExact = false): void {
    this.#offered = { text, isExact };
    this.changed();
  }
  /** Once: a box that has it is the only one. */
  take(): Offered | undefined {
    const offered = this.#offered;
    this.#offered = undefined;
    return offered;
  }
}

/** One of each tab: a page without a composer leaves it to the next that has one. */
export const COMPOSER_OFFER: { readonly name: string; readonly ofType?: ComposerOffer } = { name: 'composer.offer' };
