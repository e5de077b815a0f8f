import fc from 'fast-check';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Any bytes, at any offset of a larger buffer: code that forgets `byteOffset` fails at once. */
export function bytesAtAnyOffset(maxLength: number): fc.Arbitrary<Bytes> {
  return fc.tuple(fc.uint8Array({ maxLength }), fc.nat(16), fc.nat(3)).map(([bytes, before, after]) => {
    const buffer = new Uint8Array(before + bytes.length + after).fill(0xa5);
    buffer.set(bytes, before);
    return buffer.subarray(before, before + bytes.length);
  });
}

/** Bytes that are UTF-8 for the most part, with broken sequences of every kind between. */
export const nearlyUtf8: fc.Arbitrary<Bytes> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => new TextEncoder().encode(text)),
      fc.uint8Array({ maxLength: 3 }).map((bytes) => Uint8Array.from(bytes)),
      fc
        .constantFrom(
          [0xc0],
          [0xe0, 0x80],
          [0xe1, 0x80],
          [0xed, 0xa0, 0x80],
          [0xf0, 0x8f],
          [0xf4, 0x90],
          [0xf1, 0x80, 0x80],
          [0xf5],
          [0xff],
          [0x80],
        )
        .map((bytes) => Uint8Array.from(bytes)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
