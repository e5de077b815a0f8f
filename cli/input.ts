import { parseHex } from '../trace/bytes/hex.ts';

const LF = 0x0a;
const CR = 0x0d;

/** What is to be sent of what is read from standard input; it may have to be kept until more comes. */
export type InputFilter = { readonly take: (bytes: Uint8Array) => Uint8Array; readonly end: () => Uint8Array };

export const asItIs: InputFilter = { take: (bytes) => bytes, end: () => new Uint8Array() };

/** LF becomes CRLF, unless CR stands before it already. */
export function crlfFilter(): InputFilter {
  let last = 0;
  return {
    take: (bytes) => {
      const out: number[] = [];
      for (const byte of bytes) {
        if (byte === LF && last !== CR) out.push(CR);
        out.push(byte);
        last = byte;
      }
      return Uint8Array.from(out);
    },
    end: () => new Uint8Array(),
  };
}

/** Lines of hex, each as the bytes that it writes. @throws {PlaygroundError} HEX_INVALID */
export function hexFilter(): InputFilter {
  let rest = '';
  const decoder = new TextDecoder('latin1');
  return {
    take: (bytes) => {
      const lines = (rest + decoder.decode(bytes)).split('\n');
      rest = lines.pop() ?? '';
      return parseHex(lines.join('\n'));
    },
    end: () => parseHex(rest),
  };
}
