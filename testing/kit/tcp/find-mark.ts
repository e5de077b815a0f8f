import type { ByteCount } from '../../../protocol/units.ts';

/** Makes a search for a mark in bytes: how many stand before it, and where it ends; undefined where it is not there. */
export function findMark(
  mark: Uint8Array,
): (unread: Uint8Array) => { readonly length: ByteCount; readonly end: ByteCount } | undefined {
  return (unread) => {
    const length = Buffer.from(unread.buffer, unread.byteOffset, unread.length).indexOf(mark);
    return length < 0 ? undefined : { length, end: length + mark.length };
  };
}
