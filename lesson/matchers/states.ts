import type { Queue, SocketFacts } from '../facts.ts';
import { type Binding, bound, type Goal, type Solving, socketsOf, withEvidence } from '../judge/goal.ts';
import { compileNum, leastOf } from '../num.ts';
import type { Given } from '../schema/check-schema.ts';
import { onSocket } from './streams.ts';

/** Since when something holds, in each evaluation since. */
class Holding {
  readonly #since = new Map<SocketFacts | string, { since: number; pass: number }>();

  /** It holds now; whether it has for so many ms. */
  hasHeld(key: SocketFacts | string, span: number, { facts, pass }: Solving): boolean {
    const known = this.#since.get(key);
    const isGoingOn = known !== undefined && known.pass >= pass - 1;
    const since = isGoingOn ? known.since : facts.time;
    this.#since.set(key, { since, pass });
    return facts.time - since >= span;
  }
}

/** `state`: it is in one of these states, for so long where that is asked. */
export function state([ref, wanted, { for: span = 0, observed = false } = {}]: Given<'state'>): Goal {
  const states: readonly string[] = typeof wanted === 'string' ? [wanted] : wanted;
  const holding = new Holding();
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const way of socketsOf(ref, binding, solving)) {
        const { socket } = way;
        if (!states.includes(socket.state)) continue;
        if (observed && !socket.path.some((step) => step.isObserved && step.state === socket.state)) continue;
        if (!holding.hasHeld(socket, span, solving)) continue;
        yield withEvidence(way.binding, { kind: 'socket', socket: socket.id });
      }
    },
  };
}

/** `passed`: it went through these states in this order; others may stand between. */
export function passed([ref, states]: Given<'passed'>): Goal {
  return onSocket(ref, ({ path }) => {
    let reached = 0;
    for (const step of path) if (step.state === states[reached]) reached += 1;
    return reached === states.length;
  });
}

/** Both ends are done, or it is gone. */
const OVER: readonly string[] = ['CLOSED', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'];

/** `together`: so many such sockets at once. One that is over is not there, unless its state is what is asked for. */
export function together([of, n]: Given<'together'>): Goal {
  const isEnough = compileNum(n);
  const holding = new Holding();
  function found(solving: Solving): SocketFacts[] {
    return solving.facts.sockets.filter((socket) => {
      if (socket.from !== 'play' || (of.kind !== undefined && socket.kind !== of.kind)) return false;
      if (of.lab !== undefined && socket.lab !== of.lab) return false;
      if (of.state === undefined ? OVER.includes(socket.state) : socket.state !== of.state) return false;
      return holding.hasHeld(socket, of.for ?? 0, solving);
    });
  }
  return {
    isTimed: true,
    *solve(binding, solving) {
      const sockets = found(solving);
      if (!isEnough(sockets.length)) return;
      if (of.as === undefined) {
        yield sockets.reduce<Binding>((all, { id }) => withEvidence(all, { kind: 'socket', socket: id }), binding);
        return;
      }
      for (const socket of sockets) {
        const next = bound(binding, of.as, socket);
        if (next) yield withEvidence(next, { kind: 'socket', socket: socket.id });
      }
    },
    progress: (_, solving) => ({ have: found(solving).length, want: leastOf(n) }),
  };
}

/** `queue`: how many wait in an accept queue of the page's own listener or of a lab server. */
export function queue([of, { waiting, max, for: span = 0 }]: Given<'queue'>): Goal {
  const isWaiting = compileNum(waiting ?? {});
  const isMax = compileNum(max ?? {});
  const holding = new Holding();
  function* ways(binding: Binding, solving: Solving): Iterable<{ binding: Binding; queue: Queue | undefined }> {
    if (!of.startsWith('$')) yield { binding, queue: solving.facts.labs.get(of) };
    else for (const way of socketsOf(of, binding, solving)) yield { binding: way.binding, queue: way.socket.queue };
  }
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const way of ways(binding, solving)) {
        if (!way.queue || !isWaiting(way.queue.waiting) || !isMax(way.queue.max)) continue;
        const key = of.startsWith('$') ? (way.binding.names[of.slice(1)] ?? of) : of;
        if (!holding.hasHeld(key, span, solving)) continue;
        yield withEvidence(way.binding, { kind: 'queue', of, waiting: way.queue.waiting });
      }
    },
    progress(binding, solving) {
      let have = 0;
      for (const way of ways(binding, solving)) have = Math.max(have, way.queue?.waiting ?? 0);
      return { have, want: leastOf(waiting ?? 0) };
    },
  };
}
