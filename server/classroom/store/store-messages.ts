import type { RoomChange, StoredClass } from './room-store.ts';

/** What the thread of the rooms' file is asked to do. It does one after the other, in their order. */
export type StoreTask =
  | { readonly do: 'load' }
  | { readonly do: 'write'; readonly changes: readonly RoomChange[] }
  | { readonly do: 'close' };
export type StoreAsk = { readonly id: number; readonly task: StoreTask };
/** The answer to the one of this id. */
export type StoreAnswer =
  | { readonly id: number; readonly rooms: readonly StoredClass[] }
  | { readonly id: number; readonly error: unknown };
