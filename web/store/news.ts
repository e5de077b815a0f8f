import type { Phase } from '../../client/session.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { Observable } from '../../trace/observable.ts';
import type { RecordNews, SocketRecord } from './socket-record.ts';

/** What the live region tells; the words are the catalogue's. */
export type News =
  | { readonly kind: RecordNews; readonly record: SocketRecord }
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'back'; readonly back: { readonly away: Milliseconds; readonly isLossless: boolean } };

export class NewsLog extends Observable {
  #latest: News | undefined;

  readonly latest = (): News | undefined => this.#latest;

  add(news: News): void {
    this.#latest = news;
    this.changed();
  }
}
