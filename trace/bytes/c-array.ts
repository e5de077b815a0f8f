import type { ByteCount } from '../../protocol/units.ts';

const ROW_BYTES: ByteCount = 12;
const INDENT = '  ';

/** A C array and its length, as `xxd -i` prints them. `name` is a C identifier. */
export function formatCArray(bytes: Uint8Array, name = 'data'): string {
  const rows: string[] = [];
  for (let start = 0; start < bytes.length; start += ROW_BYTES) {
    const row = bytes.subarray(start, start + ROW_BYTES);
    rows.push(INDENT + Array.from(row, (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', '));
  }
  const body = rows.length === 0 ? '' : `${rows.join(',\n')}\n`;
  return `unsigned char ${name}[] = {\n${body}};\nunsigned int ${name}_len = ${bytes.length};\n`;
}
