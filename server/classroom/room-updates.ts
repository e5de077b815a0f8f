import type { RoomTold } from '../../protocol/rooms/messages.ts';
import type { HelpQueue } from './help-queue.ts';
import type { WrongOutcomes } from './overview/wrong-outcomes.ts';
import type { Seat } from './seat.ts';

/** They fit one frame, whatever they say. */
export const SEATS_AT_ONCE = 200;
const HELP_TOLD = 60;

export type RoomUpdatesPort = {
  readonly seats: ReadonlyMap<number, Seat>;
  readonly help: HelpQueue;
  readonly wrong: WrongOutcomes;
  readonly tellTeachers: (message: RoomTold) => void;
};

/** What has changed in a room and is told with the next tick, however often it changed. */
export class RoomUpdates {
  readonly #port: RoomUpdatesPort;
  readonly #seats = new Set<number>();
  #isHelp = false;
  #isWrong = false;
  /** What each seat in the queue has been told of its place. */
  #places = new Map<number, string>();

  constructor(port: RoomUpdatesPort) {
    this.#port = port;
  }

  seat(number: number): void {
    this.#seats.add(number);
  }
  help(): void {
    this.#isHelp = true;
  }
  wrong(): void {
    this.#isWrong = true;
  }
  get ofHelp(): Extract<RoomTold, { say: 'help' }> {
    const { all } = this.#port.help;
    const queue = all.slice(0, HELP_TOLD);
    return { say: 'help', queue, more: all.length - queue.length };
  }
  get ofWrong(): Extract<RoomTold, { say: 'wrong' }> {
    return { say: 'wrong', outcomes: this.#port.wrong.list };
  }

  tell(): void {
    const { seats, tellTeachers } = this.#port;
    if (this.#isHelp) {
      this.#tellPlaces();
      tellTeachers(this.ofHelp);
    }
    if (this.#isWrong) tellTeachers(this.ofWrong);
    const infos = [...this.#seats].flatMap((number) => seats.get(number)?.info ?? []);
    for (let at = 0; at < infos.length; at += SEATS_AT_ONCE) {
      tellTeachers({ say: 'seats', seats: infos.slice(at, at + SEATS_AT_ONCE) });
    }
    this.#isHelp = false;
    this.#isWrong = false;
    this.#seats.clear();
  }

  #tellPlaces(): void {
    const places = new Map<number, string>();
    for (const [index, { seat, takenBy }] of this.#port.help.all.entries()) {
      places.set(seat, `${index + 1} ${takenBy ?? ''}`);
      this.#tellPlace(seat, index + 1, takenBy !== undefined, places);
    }
    for (const seat of this.#places.keys()) if (!places.has(seat)) this.#tellPlace(seat, 0, false, places);
    this.#places = places;
  }
  #tellPlace(number: number, place: number, isTaken: boolean, places: ReadonlyMap<number, string>): void {
    if (this.#places.get(number) === places.get(number)) return;
    this.#port.seats.get(number)?.member?.tell({ say: 'place', place, isTaken });
  }
}
