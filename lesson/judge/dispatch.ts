import type { FactEvent, Facts, SocketFacts } from '../facts.ts';
import type { FactCall } from '../schema/pattern-schema.ts';
import type { Hit, Hits } from './hits.ts';

/**
 * Hands each new call to the patterns that wait for a call of its name. A call that none waits for costs one look-up. Who
 * gathers from now on gets what becomes known from now on.
 */
export class Dispatch {
  readonly #waiting = new Map<FactCall, Set<Hits>>();
  readonly #all = new Set<Hits>();
  /** How much of each socket's log has been read, dropped calls included. */
  readonly #read = new WeakMap<SocketFacts, number>();
  /** Calls that were tried with a pattern. @internal For tests: it says what a frame costs. */
  tries = 0;

  add(hits: Hits): void {
    this.#all.add(hits);
    for (const call of hits.calls) {
      const waiting = this.#waiting.get(call);
      if (waiting) waiting.add(hits);
      else this.#waiting.set(call, new Set([hits]));
    }
  }
  remove(hits: Hits): void {
    this.#all.delete(hits);
    for (const call of hits.calls) this.#waiting.get(call)?.delete(hits);
  }
  /** What is there already is of no lesson. */
  skip({ sockets }: Facts): void {
    for (const socket of sockets) this.#read.set(socket, socket.log.dropped + socket.log.length());
  }
  /** Reads what is new; returns whether a pattern fits one of the calls. */
  read({ sockets }: Facts): boolean {
    let isHit = false;
    for (const hits of this.#all) if (hits.retry()) isHit = true;
    for (const socket of sockets) {
      const { dropped, length, at } = socket.log;
      const end = dropped + length();
      let index = Math.max(this.#read.get(socket) ?? 0, dropped);
      if (index >= end) continue;
      for (; index < end; index += 1) {
        if (this.#offer({ socket, index, event: at(index - dropped) as FactEvent })) isHit = true;
      }
      this.#read.set(socket, end);
    }
    return isHit;
  }

  #offer(hit: Hit): boolean {
    const waiting = this.#waiting.get(hit.event.call);
    if (!waiting) return false;
    let isHit = false;
    for (const hits of waiting) {
      this.tries += 1;
      if (hits.offer(hit)) isHit = true;
    }
    return isHit;
  }
}
