import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, editScript } from './edit-script.ts';

const few = fc.array(fc.constantFrom(1, 2, 3), { maxLength: 24 }).map((units) => Uint8Array.from(units));

/** By the textbook's table, which is slow and plain. */
function longestCommon(a: Uint8Array, b: Uint8Array): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const byte of a) {
    const next = [0];
    b.forEach((other, y) => {
      next.push(byte === other ? (row[y] as number) + 1 : Math.max(row[y + 1] as number, next[y] as number));
    });
    row = next;
  }
  return row[b.length] as number;
}
function expectCover(edits: readonly Edit[], before: Uint8Array, after: Uint8Array): void {
  let x = 0;
  let y = 0;
  for (const { kind, before: old, after: now } of edits) {
    expect([old.offset, now.offset]).toEqual([x, y]);
    expect(old.count + now.count).toBeGreaterThan(0);
    const isSame = Buffer.from(before.subarray(x, x + old.count)).equals(after.subarray(y, y + now.count));
    expect(isSame).toBe(kind === 'equal');
    if (kind === 'inserted') expect(old.count).toBe(0);
    if (kind === 'deleted') expect(now.count).toBe(0);
    if (kind === 'changed') expect(Math.min(old.count, now.count)).toBeGreaterThan(0);
    x += old.count;
    y += now.count;
  }
  expect([x, y]).toEqual([before.length, after.length]);
}
function equalBytes(edits: readonly Edit[]): number {
  return edits.reduce((sum, { kind, before }) => sum + (kind === 'equal' ? before.count : 0), 0);
}

test('covers both sides, tells the truth, and leaves as much equal as can be', () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const edits = editScript(before, after);
      expectCover(edits, before, after);
      expect(equalBytes(edits)).toBe(longestCommon(before, after));
    }),
    { numRuns: 3_000 },
  );
});

test('never has two equal runs side by side', () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const kinds = editScript(before, after).map(({ kind }) => kind);
      kinds.forEach((kind, index) => {
        expect(kind === 'equal' && kinds[index + 1] === 'equal').toBe(false);
      });
    }),
  );
});

test('finds a few edits in a megabyte', () => {
  const before = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * index) >> 5);
  const after = Uint8Array.from(before);
  for (const index of [10, 500_000, 999_990]) after[index] = (before[index] as number) ^ 1;
  const edits = editScript(before, after);
  expectCover(edits, before, after);
  expect(equalBytes(edits)).toBeGreaterThanOrEqual(999_997);
});

test('gives up on what has nothing in common, keeping the common ends', () => {
  const frame = (body: Uint8Array) => Buffer.concat([Buffer.from('head'), body, Buffer.from('tail')]);
  const before = frame(new Uint8Array(100_000).fill(1));
  const after = frame(new Uint8Array(90_000).fill(2));
  expect(editScript(before, after).map(({ kind, before: { count } }) => [kind, count])).toEqual([
    ['equal', 4],
    ['changed', 100_000],
    ['equal', 4],
  ]);
});
