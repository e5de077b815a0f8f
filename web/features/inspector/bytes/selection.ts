import type { ByteCount } from '../../../../protocol/units.ts';

/** Bytes from where a selection was begun to where the cursor is, both included. */
export type Selection = { readonly anchor: ByteCount; readonly cursor: ByteCount };

export function startOf({ anchor, cursor }: Selection): ByteCount {
  return Math.min(anchor, cursor);
}
/** One past the last byte. */
export function endOf({ anchor, cursor }: Selection): ByteCount {
  return Math.max(anchor, cursor) + 1;
}
/** The cursor elsewhere; extending keeps the anchor. */
export function moveTo(selection: Selection, cursor: ByteCount, isExtending: boolean): Selection {
  return { anchor: isExtending ? selection.anchor : cursor, cursor };
}
/** The same selection among fewer bytes. */
export function within({ anchor, cursor }: Selection, length: ByteCount): Selection {
  const last = Math.max(0, length - 1);
  return { anchor: Math.min(anchor, last), cursor: Math.min(cursor, last) };
}
