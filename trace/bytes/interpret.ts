import type { ByteCount } from '../../protocol/units.ts';
import { decodeUtf8 } from '../../protocol/utf8.ts';

export const NUMBER_TYPES = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

/** One type of number at the selection's first byte, in either byte order; undefined where the selection is too short. */
export type NumberReading = {
  readonly type: NumberType;
  readonly size: ByteCount;
  readonly bigEndian: number | bigint | undefined;
  readonly littleEndian: number | bigint | undefined;
};
export type Interpretation = {
  readonly numbers: readonly NumberReading[];
  /** The selection as text; undefined where it is not well-formed UTF-8 as a whole. */
  readonly utf8: string | undefined;
  /** The first eight bytes in base 2, most significant bit first, a blank between bytes. */
  readonly binary: string;
};

const BINARY_BYTES: ByteCount = 8;
/** So many decimal digits tell every float32 from every other (IEEE 754 §5.12.2). */
const FLOAT32_DIGITS = 9;
const LAYOUT: Record<NumberType, { size: ByteCount; read: (view: DataView, isLittle: boolean) => number | bigint }> = {
  int8: { size: 1, read: (view) => view.getInt8(0) },
  uint8: { size: 1, read: (view) => view.getUint8(0) },
  int16: { size: 2, read: (view, isLittle) => view.getInt16(0, isLittle) },
  uint16: { size: 2, read: (view, isLittle) => view.getUint16(0, isLittle) },
  int32: { size: 4, read: (view, isLittle) => view.getInt32(0, isLittle) },
  uint32: { size: 4, read: (view, isLittle) => view.getUint32(0, isLittle) },
  int64: { size: 8, read: (view, isLittle) => view.getBigInt64(0, isLittle) },
  uint64: { size: 8, read: (view, isLittle) => view.getBigUint64(0, isLittle) },
  float32: { size: 4, read: (view, isLittle) => view.getFloat32(0, isLittle) },
  float64: { size: 8, read: (view, isLittle) => view.getFloat64(0, isLittle) },
};

/** What a selection of bytes can mean: as each number type from its first byte on, as text, as bits. */
export function interpret(bytes: Uint8Array): Interpretation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    numbers: NUMBER_TYPES.map((type) => readNumber(view, type)),
    utf8: tryDecodeUtf8(bytes),
    binary: Array.from(bytes.subarray(0, BINARY_BYTES), (byte) => byte.toString(2).padStart(8, '0')).join(' '),
  };
}

function tryDecodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch {
    return undefined;
  }
}

function readNumber(view: DataView, type: NumberType): NumberReading {
  const { size, read } = LAYOUT[type];
  const fits = view.byteLength >= size;
  return {
    type,
    size,
    bigEndian: fits ? read(view, false) : undefined,
    littleEndian: fits ? read(view, true) : undefined,
  };
}

/** A reading as a person writes it: a float32 by the fewest digits that give the same float32 (0.1, not 0.10000000149). */
export function formatReading(type: NumberType, value: number | bigint): string {
  if (type !== 'float32' || typeof value === 'bigint') return Object.is(value, -0) ? '-0' : String(value);
  let digits = 1;
  while (digits < FLOAT32_DIGITS && Math.fround(Number(value.toPrecision(digits))) !== value) digits += 1;
  return Object.is(value, -0) ? '-0' : String(Number(value.toPrecision(digits)));
}
