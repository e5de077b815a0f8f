import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { CHECKSUMS, checksumOf, withChecksum } from './checksum.ts';
import { toHex } from './hex.ts';
import { trailingChecksum } from './trailing-checksum.ts';

/** The catalogue's check value is that of these nine bytes. */
const CHECK = encodeUtf8('123456789');

describe('checksums', () => {
  test.each([
    // 0x4b37, 0x29b1, 0xcbf43926 in the catalogue of parametrised CRC algorithms; the low byte first where the line has it so.
    ['crc16-modbus', '374b'],
    ['crc16-ccitt-false', '29b1'],
    ['crc32', '2639f4cb'],
    ['sum8', 'dd'],
    ['xor8', '31'],
  ] as const)('%s of 123456789 is %s on the wire', (name, hex) => {
    expect(toHex(checksumOf(name, CHECK))).toBe(hex);
  });

  test('a request of the Modbus specification ends as it says there', () => {
    const request = Uint8Array.of(0x11, 0x03, 0x00, 0x6b, 0x00, 0x03);
    expect(toHex(withChecksum('crc16-modbus', request))).toBe('1103006b00037687');
  });

  test.each(CHECKSUMS)('what %s was appended to is named by it, and no longer with one bit wrong', (name) => {
    const whole = withChecksum(name, CHECK);
    expect(trailingChecksum(whole)?.name).toBe(name);
    whole[0] = (whole[0] as number) ^ 1;
    expect(trailingChecksum(whole)).toBeUndefined();
  });

  test('too little before it has no checksum', () => {
    expect(trailingChecksum(new Uint8Array())).toBeUndefined();
    expect(trailingChecksum(Uint8Array.of(0))).toBeUndefined();
    expect(trailingChecksum(encodeUtf8('aa'))).toBeUndefined();
  });
});
