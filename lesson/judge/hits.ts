import type { FactEvent, SocketFacts } from '../facts.ts';
import { type CompiledPattern, compilePattern } from '../pattern.ts';
import type { FactCall, Pattern } from '../schema/pattern-schema.ts';

/** One call that fits a pattern; `index` counts from the first call of the socket, dropped ones included. */
export type Hit = { readonly socket: SocketFacts; readonly index: number; readonly event: FactEvent };

/** Of each socket so many of the first hits are kept, and so many of the latest: a stream without end costs no more. */
const FIRST_KEPT = 32;
const LATEST_KEPT = 32;
/** Calls whose bytes are not here yet, at the most. */
const LATER_MAX = 256;
/** Sockets of which hits are kept, the latest. */
const SOCKETS_KEPT = 1_024;

class SocketHits {
  readonly kept: Hit[] = [];
  count = 0;

  add(hit: Hit): void {
    this.count += 1;
    this.kept.push(hit);
    if (this.kept.length > FIRST_KEPT + LATEST_KEPT) this.kept.splice(FIRST_KEPT, 1);
  }
}

/** What fits one pattern, from where its window begins. */
export class Hits {
  readonly pattern: Pattern;
  readonly #compiled: CompiledPattern;
  readonly #bySocket = new Map<SocketFacts, SocketHits>();
  #later: Hit[] = [];
  #count = 0;

  /** @throws {PlaygroundError} ESCAPE_INVALID */
  constructor(pattern: Pattern) {
    this.pattern = pattern;
    this.#compiled = compilePattern(pattern);
  }
  get calls(): readonly FactCall[] {
    return this.#compiled.calls;
  }
  /** Of all sockets, or of one. */
  count(socket?: SocketFacts): number {
    return socket ? (this.#bySocket.get(socket)?.count ?? 0) : this.#count;
  }
  get sockets(): Iterable<SocketFacts> {
    return this.#bySocket.keys();
  }
  /** Those kept, in the order in which they became known. */
  of(socket: SocketFacts): readonly Hit[] {
    return this.#bySocket.get(socket)?.kept ?? [];
  }
  first(socket: SocketFacts): Hit | undefined {
    return this.#bySocket.get(socket)?.kept[0];
  }

  /** Returns whether the call fits. */
  offer(hit: Hit): boolean {
    const fit = this.#compiled.fit(hit.event, hit.socket);
    if (fit === 'later' && this.#later.length < LATER_MAX) this.#later.push(hit);
    if (fit !== 'fits') return false;
    this.#add(hit);
    return true;
  }
  /** Tries those again whose bytes were not here yet; returns whether one fits now. */
  retry(): boolean {
    if (this.#later.length === 0) return false;
    const waiting = this.#later;
    this.#later = [];
    return waiting.map((hit) => this.offer(hit)).includes(true);
  }

  #add(hit: Hit): void {
    this.#count += 1;
    let hits = this.#bySocket.get(hit.socket);
    if (!hits) {
      hits = new SocketHits();
      this.#bySocket.set(hit.socket, hits);
      const [oldest] = this.#bySocket.keys();
      if (this.#bySocket.size > SOCKETS_KEPT && oldest) this.#bySocket.delete(oldest);
    }
    hits.add(hit);
  }
}
