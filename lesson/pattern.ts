import { type BytesTest, compileBytes } from './bytes.ts';
import type { FactEvent, SocketFacts } from './facts.ts';
import { compileNum } from './num.ts';
import type { FactCall, Num, Pattern } from './schema/pattern-schema.ts';
import { compileText } from './template.ts';

/** `later`: the bytes of the call are not here yet, so that it cannot be told. */
export type Fit = 'fits' | 'later' | 'not';
type Test = (event: FactEvent, socket: SocketFacts) => boolean;

/** A pattern as a test of one call; which socket it is on (`on`, `as`) is asked elsewhere. */
export type CompiledPattern = {
  readonly calls: readonly FactCall[];
  readonly fit: (event: FactEvent, socket: SocketFacts) => Fit;
};

/** @throws {PlaygroundError} ESCAPE_INVALID */
export function compilePattern(pattern: Pattern): CompiledPattern {
  const tests: Test[] = [];
  const { from = 'play', end = 'local', call, kind, lab, error, text, bytes, took, outside } = pattern;
  tests.push((event, socket) => socket.from === from && event.end === end);
  tests.push(error === 'any' ? (event) => event.error !== undefined : (event) => event.error === error);
  if (kind !== undefined) tests.push((_, socket) => socket.kind === kind);
  if (lab !== undefined) tests.push((_, socket) => socket.lab === lab);
  if (outside !== undefined) tests.push((_, socket) => socket.isOutside === outside);
  for (const field of ['argument', 'count', 'given', 'whole', 'line'] as const) {
    const num = pattern[field];
    if (num !== undefined) tests.push(numberTest(field, num));
  }
  if (took !== undefined) {
    const isTook = compileNum(took);
    tests.push((event) => event.took !== undefined && isTook(event.took / 1_000));
  }
  if (text !== undefined) {
    const isText = compileText(text);
    tests.push((event) => isText(event.text));
  }
  const bytesTest = bytes && compileBytes(bytes);
  return {
    calls: typeof call === 'string' ? [call] : (call as readonly FactCall[]),
    fit(event, socket) {
      for (const test of tests) if (!test(event, socket)) return 'not';
      return bytesTest ? bytesFit(bytesTest, event, socket) : 'fits';
    },
  };
}

function numberTest(field: 'argument' | 'count' | 'given' | 'whole' | 'line', num: Num): Test {
  const isNumber = compileNum(num);
  return (event) => {
    const value = event[field];
    return value !== undefined && isNumber(value);
  };
}

function bytesFit(test: BytesTest, { direction, offset, count }: FactEvent, socket: SocketFacts): Fit {
  if (direction === undefined) return 'not';
  const stream = socket[direction];
  // What the peer's program has sent may be told before it arrives here.
  if (offset + count > stream.length) return 'later';
  return test({ stream, offset, count }) ? 'fits' : 'not';
}
