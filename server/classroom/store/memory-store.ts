import { mergeDone, stepKey } from '../../../protocol/rooms/done-step.ts';
import type { DoneStep } from '../../../protocol/rooms/records.ts';
import type {
  RoomChange,
  RoomStore,
  StoredClass,
  StoredHelp,
  StoredRoom,
  StoredRosterRow,
  StoredSeat,
} from './room-store.ts';

type Kept = {
  room: StoredRoom;
  readonly seats: Map<number, StoredSeat>;
  readonly steps: Map<number, Map<string, DoneStep>>;
  readonly help: Map<number, StoredHelp>;
  roster: readonly StoredRosterRow[];
  readonly pieces: Map<number, string>;
};

/** Rooms for as long as the process lives. */
export class MemoryStore implements RoomStore {
  readonly #rooms = new Map<string, Kept>();

  readonly load = async (): Promise<readonly StoredClass[]> => [...this.#rooms.values()].map(classOf);

  readonly write = async (changes: readonly RoomChange[]): Promise<void> => {
    for (const change of changes) {
      const kept = this.#rooms.get(change.room);
      if ('put' in change && change.put === 'room' && !kept) this.#rooms.set(change.room, emptyRoom(change.value));
      else if ('drop' in change && change.drop === 'room') this.#rooms.delete(change.room);
      else if (kept) apply(kept, change);
    }
  };

  readonly close = async (): Promise<void> => undefined;
}

function emptyRoom(room: StoredRoom): Kept {
  return { room, seats: new Map(), steps: new Map(), help: new Map(), roster: [], pieces: new Map() };
}

function apply(kept: Kept, change: RoomChange): void {
  if ('put' in change) put(kept, change);
  else if (change.drop === 'help') kept.help.delete(change.request);
  else if (change.drop === 'pieces') kept.pieces.clear();
  else if (change.drop === 'seat') {
    kept.seats.delete(change.seat);
    kept.steps.delete(change.seat);
  }
}
function put(kept: Kept, change: Extract<RoomChange, { put: unknown }>): void {
  if (change.put === 'room') kept.room = change.value;
  else if (change.put === 'seat') kept.seats.set(change.value.seat, change.value);
  else if (change.put === 'help') kept.help.set(change.value.request, change.value);
  else if (change.put === 'roster') kept.roster = change.value;
  else if (change.put === 'piece') kept.pieces.set(change.piece, change.value);
  else {
    const steps = kept.steps.get(change.seat) ?? new Map<string, DoneStep>();
    const key = stepKey(change.value);
    const before = steps.get(key);
    kept.steps.set(change.seat, steps.set(key, before ? mergeDone(before, change.value) : change.value));
  }
}

function classOf({ room, seats, steps, help, roster, pieces }: Kept): StoredClass {
  return {
    room,
    seats: [...seats.values()].toSorted((a, b) => a.seat - b.seat),
    steps: new Map([...steps].map(([seat, done]) => [seat, [...done.values()]])),
    help: [...help.values()].toSorted((a, b) => a.at - b.at || a.request - b.request),
    roster,
    pieces: [...pieces].toSorted(([a], [b]) => a - b).map(([, text]) => text),
  };
}
