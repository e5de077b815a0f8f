import { areEqual } from '../../trace/bytes/first-difference.ts';
import { compileBytes } from '../bytes.ts';
import type { FactBytes, SocketFacts } from '../facts.ts';
import { type Goal, socketsOf, withEvidence } from '../judge/goal.ts';
import { compileNum } from '../num.ts';
import type { Given } from '../schema/check-schema.ts';

/** What is compared at once. */
const BLOCK = 65_536;

/** `stream`: all bytes of one direction so far. */
export function stream([ref, direction, bytes]: Given<'stream'>): Goal {
  const isWanted = compileBytes(bytes);
  return onSocket(ref, (socket) => {
    const all = socket[direction];
    return isWanted({ stream: all, offset: 0, count: all.length });
  });
}

/** `same`: two streams, byte for byte, and not empty. */
export function same([[oneRef, oneSide], [otherRef, otherSide]]: Given<'same'>): Goal {
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const one of socketsOf(oneRef, binding, solving)) {
        for (const other of socketsOf(otherRef, one.binding, solving)) {
          if (!isSame(one.socket[oneSide], other.socket[otherSide])) continue;
          yield withEvidence(other.binding, { kind: 'socket', socket: one.socket.id });
        }
      }
    },
  };
}

/** `borders`: how many writes and reads there are, and how many borders were joined over or cut in. */
export function borders([ref, direction, counts]: Given<'borders'>): Goal {
  const tests = Object.entries(counts).map(([name, num]) => ({
    name: name as keyof typeof counts,
    test: compileNum(num),
  }));
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const way of socketsOf(ref, binding, solving)) {
        const known = solving.boundaries(way.socket)[direction].counts;
        if (!tests.every(({ name, test }) => test(known[name]))) continue;
        yield withEvidence(way.binding, { kind: 'socket', socket: way.socket.id });
      }
    },
  };
}

/** Holds for each socket that the name may stand for and the test is true of. */
export function onSocket(ref: string, test: (socket: SocketFacts) => boolean): Goal {
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const way of socketsOf(ref, binding, solving)) {
        if (test(way.socket)) yield withEvidence(way.binding, { kind: 'socket', socket: way.socket.id });
      }
    },
  };
}

function isSame(one: FactBytes, other: FactBytes): boolean {
  if (one.length === 0 || one.length !== other.length) return false;
  for (let offset = 0; offset < one.length; offset += BLOCK) {
    if (!areEqual(one.slice(offset, BLOCK), other.slice(offset, BLOCK))) return false;
  }
  return true;
}
