import type {
  DoneStep,
  HelpRequest,
  PackRef,
  RoomPolicy,
  RoomSetting,
  RosterRow,
  SeatState,
} from '../../../protocol/rooms/records.ts';

/** What is stored of a room. Keys are stored as SHA-256 alone, in hex. */
export type StoredRoom = {
  readonly room: string;
  readonly name: string;
  readonly code: string;
  readonly keyHash: string;
  readonly helperHash: string;
  readonly policy: RoomPolicy;
  readonly setting: RoomSetting;
  readonly pack?: PackRef;
  /** ms since 1970, as all times here. */
  readonly createdAt: number;
  readonly usedAt: number;
};
export type StoredSeat = {
  readonly seat: number;
  readonly name: string;
  /** Empty: nobody comes back to it. */
  readonly secretHash: string;
  readonly state: SeatState;
  readonly joinedAt: number;
  readonly row?: number;
  readonly agrees: boolean;
};
export type StoredHelp = Omit<HelpRequest, 'takenBy'>;
export type StoredRosterRow = Pick<RosterRow, 'name' | 'extra'> & { readonly row: number; readonly pinHash?: string };

/** All of a room. */
export type StoredClass = {
  readonly room: StoredRoom;
  readonly seats: readonly StoredSeat[];
  /** By seat. */
  readonly steps: ReadonlyMap<number, readonly DoneStep[]>;
  /** In the order of time. */
  readonly help: readonly StoredHelp[];
  readonly roster: readonly StoredRosterRow[];
  /** The text of a pack of the instructor's own. */
  readonly pieces: readonly string[];
};

/** One change. A `put` replaces what there was; of a step it is merged with what there was (`mergeDone`). */
export type RoomChange =
  | { readonly put: 'room'; readonly room: string; readonly value: StoredRoom }
  | { readonly put: 'seat'; readonly room: string; readonly value: StoredSeat }
  | { readonly put: 'step'; readonly room: string; readonly seat: number; readonly value: DoneStep }
  | { readonly put: 'help'; readonly room: string; readonly value: StoredHelp }
  | { readonly put: 'roster'; readonly room: string; readonly value: readonly StoredRosterRow[] }
  | { readonly put: 'piece'; readonly room: string; readonly piece: number; readonly value: string }
  | { readonly drop: 'room'; readonly room: string }
  | { readonly drop: 'seat'; readonly room: string; readonly seat: number }
  | { readonly drop: 'help'; readonly room: string; readonly request: number }
  | { readonly drop: 'pieces'; readonly room: string };

/**
 * Where rooms outlive the process. No bytes that learners send, no programs and no traces are ever given to it. Changes of a room
 * that is not stored do nothing, but for the `put` of a room: it may have been deleted meanwhile.
 */
export type RoomStore = {
  /** Every room there is. @throws {Error} the system's: what is there cannot be read */
  readonly load: () => Promise<readonly StoredClass[]>;
  /** All of them or none, in this order; resolves when they outlive the process. @throws {Error} the system's */
  readonly write: (changes: readonly RoomChange[]) => Promise<void>;
  readonly close: () => Promise<void>;
};
