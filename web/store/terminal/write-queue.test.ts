import { expect, test } from 'vitest';
import { PIECE_LENGTH, WriteQueue } from './write-queue.ts';

/** A parser that is done when the test says so. */
function createParser() {
  const pieces: string[] = [];
  let done: (() => void) | undefined;
  return {
    pieces,
    write(piece: string, onParsed: () => void): void {
      if (done) throw new Error('two pieces at once');
      pieces.push(piece);
      done = onParsed;
    },
    finish(): void {
      const onParsed = done;
      done = undefined;
      onParsed?.();
    },
    async finishAll(): Promise<void> {
      while (done) {
        this.finish();
        await Promise.resolve();
      }
    },
  };
}

test('text is cut into pieces, one at a time', async () => {
  const parser = createParser();
  const queue = new WriteQueue(parser.write, () => {});
  queue.text('x'.repeat(2 * PIECE_LENGTH + 1));
  expect(parser.pieces.length).toBe(1);
  await parser.finishAll();
  expect(parser.pieces.map(({ length }) => length)).toEqual([PIECE_LENGTH, PIECE_LENGTH, 1]);
});

test('an action runs at once when nothing waits, else after what was written before it, outside the parser’s turn', async () => {
  const parser = createParser();
  const queue = new WriteQueue(parser.write, () => {});
  const ran: string[] = [];
  queue.action(() => ran.push('first'));
  expect(ran).toEqual(['first']);
  queue.text('a');
  queue.action(() => ran.push(`after ${parser.pieces.length}`));
  queue.text('b');
  parser.finish();
  expect(ran).toEqual(['first']);
  await Promise.resolve();
  expect(ran).toEqual(['first', 'after 1']);
  expect(parser.pieces).toEqual(['a', 'b']);
});

test('nothing is written while something exclusive has not called back', async () => {
  const parser = createParser();
  const queue = new WriteQueue(parser.write, () => {});
  let done: (() => void) | undefined;
  queue.exclusive((onParsed) => {
    done = onParsed;
  });
  queue.text('later');
  expect(parser.pieces).toEqual([]);
  done?.();
  await Promise.resolve();
  expect(parser.pieces).toEqual(['later']);
});

test('of what is printed faster than it is parsed the newest is kept, with every action, and the gap is told', async () => {
  const parser = createParser();
  const queue = new WriteQueue(parser.write, () => {});
  let actions = 0;
  queue.text('first');
  for (let index = 0; index < 100; index += 1) {
    queue.text(String(index % 10).repeat(100_000));
    queue.action(() => {
      actions += 1;
    });
  }
  expect(queue.hasGap).toBe(true);
  await parser.finishAll();
  const written = parser.pieces.join('');
  expect(written.length).toBeLessThan(4_100_000);
  expect(written.endsWith('8'.repeat(100_000) + '9'.repeat(100_000))).toBe(true);
  expect(actions).toBe(100);
});
