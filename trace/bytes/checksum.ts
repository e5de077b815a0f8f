import type { ByteCount } from '../../protocol/units.ts';

/** By the names of the catalogue of parametrised CRC algorithms; `sum8` and `xor8` are one byte, modulo 256 and exclusive or. */
export const CHECKSUMS = ['sum8', 'xor8', 'crc16-modbus', 'crc16-ccitt-false', 'crc32'] as const;
export type ChecksumName = (typeof CHECKSUMS)[number];

type Checksum = {
  readonly width: ByteCount;
  /** Whether the low byte goes first, as it does on a Modbus line and behind an Ethernet frame. */
  readonly isLittleEndian: boolean;
  readonly of: (bytes: Uint8Array) => number;
};

const TABLE: Readonly<Record<ChecksumName, Checksum>> = {
  sum8: { width: 1, isLittleEndian: false, of: (bytes) => bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0) },
  xor8: { width: 1, isLittleEndian: false, of: (bytes) => bytes.reduce((xor, byte) => xor ^ byte, 0) },
  'crc16-modbus': { width: 2, isLittleEndian: true, of: (bytes) => reflected(bytes, 0xa001, 0xffff) },
  'crc16-ccitt-false': { width: 2, isLittleEndian: false, of: crc16CcittFalse },
  crc32: { width: 4, isLittleEndian: true, of: (bytes) => ~reflected(bytes, 0xedb88320, 0xffffffff) >>> 0 },
};

/** The checksum as it stands behind the bytes. */
export function checksumOf(name: ChecksumName, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { width, isLittleEndian, of } = TABLE[name];
  const value = of(bytes);
  const places = Array.from({ length: width }, (_, place) => (value >>> (8 * place)) & 0xff);
  return Uint8Array.from(isLittleEndian ? places : places.reverse());
}

/** The bytes, and their checksum behind them. */
export function withChecksum(name: ChecksumName, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const tail = checksumOf(name, bytes);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

/** Low bit first. `polynomial` with its bits in that order. */
function reflected(bytes: Uint8Array, polynomial: number, initial: number): number {
  let crc = initial;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  }
  return crc >>> 0;
}
function crc16CcittFalse(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}
