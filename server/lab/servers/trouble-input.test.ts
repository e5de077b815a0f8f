import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Readable, TroubleInput } from './trouble-input.ts';

/** What the connection gives, recv by recv: bytes, or a quiet spell before the next ones. The end follows. */
function connectionOf(script: readonly (string | 'QUIET')[]): Readable {
  const steps = [...script];
  const isQuiet = () => steps[0] === 'QUIET';
  let giveUp: (() => void) | undefined;
  return {
    recv: async () => {
      if (isQuiet()) {
        const { promise, resolve } = Promise.withResolvers<void>();
        giveUp = resolve;
        await promise;
      }
      return Buffer.from(steps.shift() ?? '', 'latin1');
    },
    sleep: async () => {
      if (!isQuiet()) return new Promise(() => undefined);
      steps.shift();
      // The recv that waits goes on only after whoever slept has been told.
      setImmediate(() => giveUp?.());
      return undefined;
    },
  };
}

async function readLines(input: TroubleInput, count: number): Promise<(string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  while (lines.length < count) lines.push(await input.readLine());
  return lines;
}

describe('lines', () => {
  test.each([
    ['in one piece', ['slice 3\nrest']],
    ['in several', ['sl', 'ice', ' 3', '\nre', 'st']],
    ['with CR LF, cut between the two', ['slice 3\r', '\nrest']],
  ])('%s', async (_, script) => {
    const input = new TroubleInput(connectionOf(script));
    expect(await input.readLine()).toBe('slice 3');
    let rest = '';
    for (let data = await input.read(); data.length > 0; data = await input.read()) rest += data.toString();
    expect(rest).toBe('rest');
  });

  test('without a line ending: when nothing follows, or at the end', async () => {
    const input = new TroubleInput(connectionOf(['slice', 'QUIET', 'rest']));
    expect(await readLines(input, 3)).toEqual(['slice', 'rest', undefined]);
  });

  test('too long a line is cut, so that nobody can fill the memory with one', async () => {
    const input = new TroubleInput(connectionOf(['x'.repeat(700), 'x'.repeat(700)]));
    expect((await readLines(input, 2)).map((line) => line?.length)).toEqual([1_400, undefined]);
  });

  test('whatever the pieces, the lines are the same and no byte is lost', async () => {
    const text = fc.stringMatching(/^[a-z,\n]{1,40}$/);
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40)), async (whole, cuts) => {
        const ends = [...new Set([...cuts.map((cut) => cut % whole.length), whole.length])].sort((a, b) => a - b);
        const pieces = ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end)).filter((piece) => piece !== '');
        const expected = whole.replace(/\n$/, '').split('\n');
        const input = new TroubleInput(connectionOf(pieces));
        expect(await readLines(input, expected.length + 1)).toEqual([...expected, undefined]);
      }),
    );
  });
});
