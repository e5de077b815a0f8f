import type { SocketFacts } from '../facts.ts';
import { type Binding, type Building, bound, type Goal, type Solving, socketsOf, withEvidence } from '../judge/goal.ts';
import type { Hit, Hits } from '../judge/hits.ts';
import { compileNum, leastOf } from '../num.ts';
import type { Given } from '../schema/check-schema.ts';
import type { Num } from '../schema/pattern-schema.ts';

const AT_LEAST_ONCE: Num = { min: 1 };

/** `seen`: so many such calls, at least one where no number stands; on one socket where it names one. */
export function seen(pattern: Given<'seen'>, { hits: gather }: Building): Goal {
  const { times = AT_LEAST_ONCE } = pattern;
  const hits = gather(pattern);
  const isEnough = compileNum(times);
  return {
    isTimed: false,
    *solve(binding, solving) {
      for (const way of waysOf(hits, binding, solving)) {
        if (!isEnough(hits.count(way.socket))) continue;
        const hit = firstOf(hits, way.socket);
        yield hit ? withHit(way.binding, hit) : way.binding;
      }
    },
    progress(binding, solving) {
      let have = 0;
      for (const { socket } of waysOf(hits, binding, solving)) have = Math.max(have, hits.count(socket));
      return { have, want: leastOf(times) };
    },
  };
}

/** `none`: no such call. It says nothing by itself and stands beside another check. */
export function none(pattern: Given<'none'>, { hits: gather }: Building): Goal {
  const hits = gather(pattern);
  return {
    isTimed: false,
    *solve(binding, solving) {
      if (pattern.on === undefined) {
        if (hits.count() === 0) yield binding;
        return;
      }
      for (const way of socketsOf(pattern.on, binding, solving)) {
        if (hits.count(way.socket) === 0) yield way.binding;
      }
    },
  };
}

/** `order`: these calls, by the time of their return; others may stand between. */
export function order(patterns: Given<'order'>, building: Building): Goal {
  return inOrder(patterns, Number.POSITIVE_INFINITY, building);
}
/** `within`: the same, and from the first to the last no longer than so many ms. */
export function within([span, patterns]: Given<'within'>, building: Building): Goal {
  return inOrder(patterns, span * 1_000, building);
}

function inOrder(patterns: Given<'order'>, span: number, { hits: gather }: Building): Goal {
  const all = patterns.map((pattern) => gather(pattern));
  /** How many of them could be found in a row, at the most: what is waited for is the one after. */
  let reached = 0;

  function* from(
    index: number,
    first: Hit | undefined,
    last: Hit | undefined,
    binding: Binding,
    solving: Solving,
  ): Iterable<Binding> {
    reached = Math.max(reached, index);
    const hits = all[index];
    if (!hits) {
      yield binding;
      return;
    }
    for (const way of waysOf(hits, binding, solving)) {
      // Where no span counts, the earliest leaves most room for those after it.
      const isEarliestBest = span === Number.POSITIVE_INFINITY;
      for (const hit of isEarliestBest ? earliest(hits, way.socket, last) : following(hits, way.socket, last)) {
        if (!solving.mayGoOn()) return;
        if (first && hit.event.at - first.event.at > span) break;
        yield* from(index + 1, first ?? hit, hit, withHit(way.binding, hit), solving);
      }
    }
  }
  return {
    isTimed: false,
    solve: (binding, solving) => from(0, undefined, undefined, binding, solving),
    progress(binding, solving) {
      reached = 0;
      for (const _ of from(0, undefined, undefined, binding, solving)) break;
      const next = patterns[reached];
      return { have: reached, want: patterns.length, ...(next && { next }) };
    },
  };
}

/** `waited`: so many ms from a call to another one after it, or from it to now. */
export function waited([first, second, span]: Given<'waited'>, { hits: gather }: Building): Goal {
  const starts = gather(first);
  const ends = second === 'now' ? undefined : gather(second);
  const isSpan = compileNum(span);
  function* solve(binding: Binding, solving: Solving): Iterable<Binding> {
    for (const way of waysOf(starts, binding, solving)) {
      for (const start of following(starts, way.socket, undefined)) {
        const since = (at: number): boolean => isSpan((at - start.event.at) / 1_000);
        if (!solving.mayGoOn()) return;
        if (!ends) {
          if (since(solving.facts.now(start.socket.from))) yield withHit(way.binding, start);
          continue;
        }
        for (const other of waysOf(ends, way.binding, solving)) {
          for (const end of following(ends, other.socket, start)) {
            if (!solving.mayGoOn()) return;
            if (since(end.event.at)) yield withHit(withHit(other.binding, start), end);
          }
        }
      }
    }
  }
  return { isTimed: second === 'now', solve };
}

type Way = { readonly socket: SocketFacts | undefined; readonly binding: Binding };

/** On which socket the calls have to be, in each way that the names allow; undefined: on any, not all on one. */
function* waysOf(hits: Hits, binding: Binding, solving: Solving): Iterable<Way> {
  const { on, as } = hits.pattern;
  if (on !== undefined) {
    for (const way of socketsOf(on, binding, solving)) yield way;
  } else if (as !== undefined) {
    for (const socket of [...hits.sockets].toReversed()) {
      if (!solving.mayGoOn()) return;
      const next = bound(binding, as, socket);
      if (next) yield { socket, binding: next };
    }
  } else yield { socket: undefined, binding };
}

/** The calls that may stand after another one, the earliest first. */
function following(hits: Hits, socket: SocketFacts | undefined, last: Hit | undefined): readonly Hit[] {
  return [...after(hits, socket, last)].toSorted((one, other) => one.event.at - other.event.at);
}
/** The first of them, where there is one. */
function earliest(hits: Hits, socket: SocketFacts | undefined, last: Hit | undefined): readonly Hit[] {
  let found: Hit | undefined;
  for (const hit of after(hits, socket, last)) if (!found || hit.event.at < found.event.at) found = hit;
  return found ? [found] : [];
}
function* after(hits: Hits, socket: SocketFacts | undefined, last: Hit | undefined): Iterable<Hit> {
  for (const each of socket ? [socket] : hits.sockets) {
    for (const hit of hits.of(each)) if (!last || isAfter(hit, last)) yield hit;
  }
}
/** Two calls of one socket that returned in the same µs are in the order in which they were told. */
function isAfter(hit: Hit, last: Hit): boolean {
  if (hit.event.at !== last.event.at) return hit.event.at > last.event.at;
  return hit.socket !== last.socket || hit.index > last.index;
}

function firstOf(hits: Hits, socket: SocketFacts | undefined): Hit | undefined {
  if (socket) return hits.first(socket);
  for (const each of hits.sockets) return hits.first(each);
  return undefined;
}
function withHit(binding: Binding, { socket, index }: Hit): Binding {
  return withEvidence(binding, { kind: 'call', socket: socket.id, index });
}
