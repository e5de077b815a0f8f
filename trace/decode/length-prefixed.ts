import type { ByteCount } from '../../protocol/units.ts';
import type { Rule } from './message.ts';

/** A length of so many bytes, and then as many as it says. */
export function lengthRule(size: 1 | 2 | 4, isLittleEndian: boolean): Rule {
  return (bytes, start) => {
    if (bytes.length < start + size) return 'partial';
    const prefix = bytes.slice(start, size);
    const view = new DataView(prefix.buffer, prefix.byteOffset, size);
    const length: ByteCount =
      size === 1
        ? view.getUint8(0)
        : size === 2
          ? view.getUint16(0, isLittleEndian)
          : view.getUint32(0, isLittleEndian);
    const body = start + size;
    return bytes.length < body + length ? 'partial' : { end: body + length, body };
  };
}
