import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { type Faults, FaultyPipe } from './faulty-pipe.ts';
import type { Sink } from './toxic.ts';
import { bandwidth, latency, slicer, slowClose } from './toxics.ts';

function collect(): { readonly out: number[]; readonly sink: Sink; readonly isEnded: () => boolean } {
  const out: number[] = [];
  let isEnded = false;
  const sink: Sink = {
    write: (bytes) => void out.push(...bytes),
    end: () => {
      isEnded = true;
    },
    close: () => undefined,
    reset: () => undefined,
  };
  return { out, sink, isEnded: () => isEnded };
}
const KINDS: readonly Faults[] = [
  { toxics: [], window: 4 },
  { toxics: [latency(50, 20)], window: 64 },
  { toxics: [latency(5), slicer(1, 0, 10)], window: 8 },
  { toxics: [bandwidth(100), slowClose(30)], window: 16 },
];

test('whatever the faults, and whenever they are changed, bytes come out once and in order, and the end after them', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const), count: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant('set' as const), kind: fc.nat({ max: KINDS.length - 1 }) }),
    fc.record({ do: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 100 }) }),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 30 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (steps, dice) => {
        const clock = new ManualClock();
        const { out, sink, isEnded } = collect();
        const pipe = new FaultyPipe(sink, { clock, random: () => dice.next().value as number });
        pipe.set(KINDS[0] as Faults);
        let next = 0;
        for (const one of steps) {
          if (one.do === 'write') pipe.write(Uint8Array.from({ length: one.count }, () => next++ % 256));
          else if (one.do === 'set') pipe.set(KINDS[one.kind] as Faults);
          else clock.advance(one.time);
          expect(pipe.held + out.length).toBe(next);
        }
        pipe.end();
        clock.advance(100_000);
        expect(out).toEqual(Array.from({ length: next }, (_, index) => index % 256));
        expect(isEnded()).toBe(true);
        expect(pipe.held).toBe(0);
      },
    ),
  );
});

test('an end that is under way waits for its new faults', () => {
  const clock = new ManualClock();
  const { sink, isEnded } = collect();
  const pipe = new FaultyPipe(sink, { clock, random: () => 0 });
  pipe.set({ toxics: [slowClose(1_000)], window: 16 });
  pipe.end();
  pipe.set({ toxics: [slowClose(10)], window: 16 });
  clock.advance(9);
  expect(isEnded()).toBe(false);
  clock.advance(1);
  expect(isEnded()).toBe(true);
});

test('what is stopped brings out nothing more', () => {
  const clock = new ManualClock();
  const { out, sink } = collect();
  const pipe = new FaultyPipe(sink, { clock, random: () => 0 });
  pipe.set({ toxics: [latency(10)], window: 16 });
  pipe.write(Uint8Array.of(1, 2, 3));
  pipe.stop();
  clock.advance(100);
  expect(out).toEqual([]);
  expect(pipe.held).toBe(0);
});
