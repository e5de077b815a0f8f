import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

test('behaves as an array does, whatever is put in and taken out', () => {
  const steps = fc.array(fc.oneof(fc.nat({ max: 90 }), fc.constantFrom(-1, -10, -100, -1_000)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (counts) => {
      const fifo = new Fifo<number>();
      const model: number[] = [];
      let next = 0;
      for (const count of counts) {
        for (let index = 0; index < count; index += 1) {
          fifo.push(next);
          model.push(next);
          next += 1;
        }
        for (let index = 0; index > count; index -= 1) expect(fifo.shift()).toBe(model.shift());
        if (count === 90) {
          fifo.clear();
          model.length = 0;
        }
        expect([fifo.length, fifo.peek()]).toEqual([model.length, model[0]]);
      }
    }),
  );
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what has left it can be collected, though others wait still', async () => {
  const fifo = new Fifo<object>();
  const items: WeakRef<object>[] = [];
  for (let index = 0; index < 5_000; index += 1) {
    const item = { index };
    items.push(new WeakRef(item));
    fifo.push(item);
  }
  for (let index = 0; index < 2_000; index += 1) fifo.shift();
  // What a WeakRef was made for in a turn is kept until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(items.filter((item) => item.deref() === undefined).length).toBeGreaterThan(1_900);
  expect(fifo.length).toBe(3_000);
});
