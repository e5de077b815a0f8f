import { type Grid, parseTile, type SeatTile } from '../../protocol/rooms/grid.ts';
import type { RoomAnswer, RoomTold } from '../../protocol/rooms/messages.ts';
import type {
  DoneStep,
  HelpRequest,
  RoomNow,
  RoomPolicy,
  RosterEntry,
  SeatInfo,
  SeatState,
} from '../../protocol/rooms/records.ts';
import type { RoomRole } from '../../protocol/rooms/roles.ts';
import type { Milliseconds } from '../../protocol/units.ts';

type Joined = Extract<RoomAnswer, { say: 'joined' }>;
type Opened = Extract<RoomAnswer, { say: 'opened' }>;
type Wrong = Extract<RoomTold, { say: 'wrong' }>['outcomes'];

/** A learner's own seat. */
export type OwnSeat = {
  readonly seat: number;
  readonly as: string;
  readonly state: SeatState;
  /** What is stored of oneself, as it was when one came in. */
  readonly progress: readonly DoneStep[];
  /** In the queue of those who ask; 0: one does not. */
  readonly place: number;
  readonly isTaken: boolean;
  readonly isWatched: boolean;
  /** One's name may stand beside one's page when it is shown to all. */
  readonly agrees: boolean;
};

/** What a page knows of the room that it is in. Whoever shows it is told of changes by RoomClient. */
export class RoomModel {
  role: RoomRole = 'stranger';
  room: string | undefined;
  name = '';
  policy: RoomPolicy | undefined;
  now: RoomNow = { paused: false };
  /** Why one is in no room any more. */
  endedBy: string | undefined;
  own: OwnSeat | undefined;

  // Of an instructor's page.
  code = '';
  readonly seats = new Map<number, SeatInfo>();
  readonly tiles = new Map<number, SeatTile>();
  /** The server's time of the newest tile; ms since 1970. */
  at: Milliseconds = 0;
  roster: readonly RosterEntry[] = [];
  help: readonly HelpRequest[] = [];
  /** How many more ask than stand in `help`. */
  moreHelp = 0;
  wrong: Wrong = [];

  join({ room, name, policy, now, seat, as, state, progress, place, isWatched, agrees }: Joined): void {
    Object.assign(this, new RoomModel(), { room, name, policy, now, role: state === 'in' ? 'learner' : 'waiting' });
    this.own = { seat, as, state, progress, place, isTaken: false, isWatched, agrees };
  }
  open({ room, name, policy, now, role, code }: Opened): void {
    this.#forgetSeats();
    Object.assign(this, { room, name, policy, now, role, code, own: undefined, endedBy: undefined });
  }
  /** In no room: one has left it, or has been told why. */
  end(code: string | undefined): void {
    this.#forgetSeats();
    Object.assign(this, { role: 'stranger', room: undefined, own: undefined, endedBy: code, code: '' });
  }
  take(message: RoomTold): void {
    const take = TAKE[message.say] as (model: RoomModel, message: RoomTold) => void;
    take(this, message);
  }
  takeGrid({ at, seats }: Grid): void {
    this.at = at;
    for (const tile of seats) this.tiles.set(tile[0], parseTile(tile));
  }

  #forgetSeats(): void {
    this.seats.clear();
    this.tiles.clear();
    Object.assign(this, { roster: [], help: [], moreHelp: 0, wrong: [] });
  }
}

function changeOwn(model: RoomModel, values: Partial<OwnSeat>): void {
  if (model.own) model.own = { ...model.own, ...values };
}
const nothing = (): void => undefined;

/** What each message changes; those that change nothing are for whoever is told of them. */
const TAKE: {
  readonly [Say in RoomTold['say']]: (model: RoomModel, message: Extract<RoomTold, { say: Say }>) => void;
} = {
  room: (model, { policy, now }) => Object.assign(model, { policy, now }),
  ended: (model, { code }) => model.end(code),
  moved: nothing,
  seat: (model, { seat, as, state }) => {
    if (model.role === 'waiting' || model.role === 'learner') model.role = state === 'in' ? 'learner' : 'waiting';
    changeOwn(model, { seat, as, state });
  },
  place: (model, { place, isTaken }) => changeOwn(model, { place, isTaken }),
  notice: nothing,
  watched: (model, { isWatched }) => changeOwn(model, { isWatched }),
  mirror: nothing,
  code: (model, { code }) => Object.assign(model, { code }),
  seats: (model, { seats, isFirst }) => {
    if (isFirst) model.seats.clear();
    for (const seat of seats) model.seats.set(seat.seat, seat);
  },
  gone: (model, { seats }) => {
    for (const seat of seats) {
      model.seats.delete(seat);
      model.tiles.delete(seat);
    }
  },
  roster: (model, { rows, isFirst }) => {
    model.roster = isFirst ? rows : [...model.roster, ...rows];
  },
  help: (model, { queue, more }) => Object.assign(model, { help: queue, moreHelp: more }),
  wrong: (model, { outcomes }) => Object.assign(model, { wrong: outcomes }),
  alarm: nothing,
  unwatched: nothing,
};
