import { unlessRefused } from '../../protocol/errors.ts';
import { parseHex, toHex } from './hex.ts';
import { parseHexDump } from './parse-hex-dump.ts';

/** What stands around digits and is none: each becomes a blank. The order matters: words before what is around them. */
const AROUND: readonly RegExp[] = [
  /\/\*.*?\*\//gs,
  /\/\/.*$/gm,
  // unsigned char name[] = { … }
  /^[^{]*\{/s,
  /\b(?:bytes\.fromhex|bytearray|bytes|Buffer\.from|Uint8Array\.(?:of|from))(?=\()/g,
  /\bb(?=['"])/gi,
  /(?<=\b[0-9a-f]{2})h\b/gi,
  /&#(?=x)|[$#%&=](?=x?[0-9a-f]{2})/gi,
  /['"`()[\]{};|<>_.…]/g,
];

/**
 * Hex as people copy it, as plain pairs: dumps with offsets, arrays and literals of C, Python and JavaScript, `%68%65`, `68h`,
 * addresses with dots. Undefined where it is plain already, or no hex.
 */
export function pastedHex(text: string): string | undefined {
  const dumped = parseHexDump(text);
  if (dumped) return toHex(dumped, ' ');
  if (unlessRefused(() => parseHex(text))) return undefined;
  let bare = text;
  for (const around of AROUND) bare = bare.replace(around, (found) => ' '.repeat(found.length));
  const plain = bare.replace(/(?<=^|[\s,])x(?=[0-9a-f]{2})/gi, ' ');
  const bytes = unlessRefused(() => parseHex(plain));
  return bytes && bytes.length > 0 ? toHex(bytes, ' ') : undefined;
}
