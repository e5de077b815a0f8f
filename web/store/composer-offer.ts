import { Observable } from '../../trace/observable.ts';

/** Text that somebody offers to the composer: it is put in, and nothing is sent. */
export class ComposerOffer extends Observable {
  #text: string | undefined;

  put(text: string): void {
    this.#text = text;
    this.changed();
  }
  /** Once: a box that has it is the only one. */
  take(): string | undefined {
    const text = this.#text;
    this.#text = undefined;
    return text;
  }
}

/** One of each tab: a page without a composer leaves it to the next that has one. */
export const COMPOSER_OFFER: { readonly name: string; readonly ofType?: ComposerOffer } = { name: 'composer.offer' };
