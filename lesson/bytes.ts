import type { ByteCount } from '../protocol/units.ts';
import { parseEscapes } from '../trace/bytes/escapes.ts';
import { areEqual } from '../trace/bytes/first-difference.ts';
import type { FactBytes } from './facts.ts';
import { compileNum } from './num.ts';
import type { Bytes } from './schema/pattern-schema.ts';
import { compileText } from './template.ts';

/** What `has`, `lacks`, `like` and `utf8` look at, at the most: a stream may have gigabytes. */
const LOOKED_AT_MAX: ByteCount = 262_144;

declare class TextDecoder {
  constructor(label: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

/** So many bytes of a stream, from `offset` on. */
export type Extent = { readonly stream: FactBytes; readonly offset: ByteCount; readonly count: ByteCount };
export type BytesTest = (extent: Extent) => boolean;

/** @throws {PlaygroundError} ESCAPE_INVALID */
export function compileBytes(bytes: Bytes): BytesTest {
  const tests: BytesTest[] = [];
  const { equals, starts, ends, has, lacks, like, length, utf8 } = bytes;
  if (length !== undefined) {
    const isLength = compileNum(length);
    tests.push(({ count }) => isLength(count));
  }
  if (equals !== undefined) {
    const wanted = parseEscapes(equals);
    tests.push(({ stream, offset, count }) => count === wanted.length && isAt(stream, offset, wanted));
  }
  if (starts !== undefined) {
    const wanted = parseEscapes(starts);
    tests.push(({ stream, offset, count }) => count >= wanted.length && isAt(stream, offset, wanted));
  }
  if (ends !== undefined) {
    const wanted = parseEscapes(ends);
    tests.push(
      ({ stream, offset, count }) => count >= wanted.length && isAt(stream, offset + count - wanted.length, wanted),
    );
  }
  if (has !== undefined) {
    const wanted = parseEscapes(has);
    tests.push((extent) => holds(lookedAt(extent), wanted));
  }
  if (lacks !== undefined) {
    const unwanted = parseEscapes(lacks);
    tests.push((extent) => extent.count > 0 && !holds(lookedAt(extent), unwanted));
  }
  if (like !== undefined) {
    const isLike = compileText({ equals: like });
    tests.push((extent) => isLike(new TextDecoder('utf-8').decode(lookedAt(extent))));
  }
  if (utf8 !== undefined) tests.push((extent) => isUtf8(lookedAt(extent)) === utf8);
  return (extent) => tests.every((test) => test(extent));
}

function lookedAt({ stream, offset, count }: Extent): Uint8Array {
  return stream.slice(offset, Math.min(count, LOOKED_AT_MAX));
}
function isAt(stream: FactBytes, offset: ByteCount, wanted: Uint8Array): boolean {
  return areEqual(stream.slice(offset, wanted.length), wanted);
}

function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const [first] = wanted;
  if (first === undefined) return true;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (areEqual(bytes.subarray(at, at + wanted.length), wanted)) return true;
  }
  return false;
}
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
