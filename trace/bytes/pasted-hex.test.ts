import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { formatHexDump } from './format-hex-dump.ts';
import { parseHex } from './hex.ts';
import { parseHexDump } from './parse-hex-dump.ts';
import { pastedHex } from './pasted-hex.ts';

const HELLO = '68 65 6c 6c 6f';

describe('hex as it is pasted', () => {
  test.each([
    ['hexdump -C', '00000000  68 65 6c 6c 6f                                    |hello|\n00000005\n'],
    ['xxd', '00000000: 6865 6c6c 6f                             hello\n'],
    ['xxd -g1, two rows', '00000000: 68 65 6c  hel\n00000003: 6c 6f     lo\n'],
    ['tcpdump -X', '\t0x0000:  6865 6c6c 6f                             hello'],
    ['Wireshark', '0000   68 65 6c 6c 6f                                    hello'],
    ['a dump without text', '0000  68 65 6c\n0003  6c 6f\n'],
    ['a C array', 'unsigned char data[] = { 0x68, 0x65, /* l */ 0x6c, 0x6c, 0x6f };'],
    ['a C string', '"\\x68\\x65\\x6c\\x6c\\x6f"'],
    ['Python bytes', "b'\\x68\\x65\\x6c\\x6c\\x6f'"],
    ['bytes.fromhex', "bytes.fromhex('68656c6c6f')"],
    ['bytes of a list', 'bytes([0x68, 0x65, 0x6c, 0x6c, 0x6f])'],
    ['a JavaScript array', 'Uint8Array.of(0x68, 0x65, 0x6c, 0x6c, 0x6f)'],
    ['a URL', '%68%65%6c%6c%6F'],
    ['an assembler', '68h, 65h, 6Ch, 6Ch, 6Fh'],
    ['dots', '6865.6c6c.6f'],
    ['bars', '68|65|6c|6c|6f'],
  ])('%s', (_, text) => {
    expect(pastedHex(text)).toBe(HELLO);
  });

  test.each(['68 65', '68:65', '0x68, 0x65', 'hello', 'zz', '', '6', "it's"])('%j stays as it is', (text) => {
    expect(pastedHex(text)).toBeUndefined();
  });

  test('the column of text is none of the bytes, also where it looks like them', () => {
    expect(pastedHex('00000000: 6162 6364                                abcd')).toBe('61 62 63 64');
    expect(pastedHex('00000000: 6162 6364  abcd\n00000004: 6566 6768  efgh')).toBe('61 62 63 64 65 66 67 68');
  });
});

describe('dumps', () => {
  test('what hexdump -C writes is read back, squeezed rows too', () => {
    const bytes = fc.oneof(
      bytesAtAnyOffset(100),
      fc.nat(400).map((size) => new Uint8Array(size)),
    );
    fc.assert(
      fc.property(bytes, (dumped) => {
        fc.pre(dumped.length > 0);
        expect(parseHexDump(formatHexDump(dumped))).toEqual(Uint8Array.from(dumped));
      }),
    );
  });
  test('rows of plain pairs are no dump: their first numbers are not where the row before ends', () => {
    expect(parseHexDump('dead beef\ncafe babe')).toBeUndefined();
    expect(parseHexDump('deadbeef  cafebabe\n00112233  44556677')).toBeUndefined();
    expect(parseHex('dead beef\ncafe babe')).toHaveLength(8);
  });
  test('a row that stands for gigabytes is no dump', () => {
    expect(parseHexDump('00000000  00\n*\nffffffff')).toBeUndefined();
  });
});
