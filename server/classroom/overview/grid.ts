import type { Clock } from '../../../protocol/clock.ts';
import { FrameType } from '../../../protocol/frame.ts';
import { encodeMessage } from '../../../protocol/messages/codec.ts';
import { type Grid, type SeatTile, type WireTile, wireTile } from '../../../protocol/rooms/grid.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { TabSession } from '../../gateway/extension.ts';

/** What one instructor's page is told: 500 tiles that all change all the time take no more than this. */
const BYTES_PER_SECOND: ByteCount = 60_000;
/** Of one GRID: it fits a frame. */
const GRID_BYTES_MAX: ByteCount = 48_000;

type Cell = { readonly seen: SeatTile; readonly tile: WireTile; readonly text: string; readonly flags: number };

/** The tiles of a room as they stand now. */
export class Tiles {
  readonly #cells = new Map<number, Cell>();

  get cells(): ReadonlyMap<number, Cell> {
    return this.#cells;
  }
  /** A tile that has not changed stays the very one that it was. */
  put(tile: SeatTile): void {
    const before = this.#cells.get(tile.seat);
    // Four times a second for each seat, and nearly always the same: nothing is made of it then.
    if (before && isSameTile(before.seen, tile)) return;
    const wire = wireTile(tile);
    this.#cells.set(tile.seat, { seen: tile, tile: wire, text: JSON.stringify(wire), flags: tile.flags });
  }
  drop(seat: number): void {
    this.#cells.delete(seat);
  }
}

function isSameTile(one: SeatTile, other: SeatTile): boolean {
  return (
    one.flags === other.flags &&
    one.attached === other.attached &&
    one.sockets === other.sockets &&
    one.lesson === other.lesson &&
    one.step === other.step &&
    one.of === other.of &&
    one.since === other.since &&
    one.text === other.text &&
    one.why === other.why
  );
}

/** What one instructor's page has been told of the tiles. */
export class GridViewer {
  readonly #session: TabSession;
  readonly #budget: TokenBucket;
  readonly #told = new Map<number, Cell>();
  #shown: ReadonlySet<number> | undefined;

  constructor(session: TabSession, clock: Clock) {
    this.#session = session;
    this.#budget = new TokenBucket(clock.now, BYTES_PER_SECOND, BYTES_PER_SECOND);
  }

  /** The tiles on its screen; undefined: all. */
  show(seats: readonly number[] | undefined): void {
    this.#shown = seats && new Set(seats);
  }
  /** Its page is another one, or may have missed some: all are told anew. */
  forget(): void {
    this.#told.clear();
  }

  /** Tells what has changed, those that were told longest ago first, and no more than its budget has. */
  tell(tiles: Tiles, at: Milliseconds): void {
    const due = [...tiles.cells].filter(([seat, cell]) => this.#isDue(seat, cell));
    if (due.length === 0) return;
    const place = new Map([...this.#told.keys()].map((seat, index) => [seat, index]));
    due.sort(([a], [b]) => (place.get(a) ?? -1) - (place.get(b) ?? -1));
    let bytes = 0;
    const chosen = due.filter(([, { text }]) => {
      if (bytes + text.length > GRID_BYTES_MAX || !this.#budget.tryTake(text.length)) return false;
      bytes += text.length;
      return true;
    });
    if (chosen.length === 0) return;
    const grid: Grid = { at, seats: chosen.map(([, { tile }]) => tile) };
    if (!this.#session.tell(FrameType.GRID, encodeMessage(grid))) return; // it reads too slowly: what is true later is told later
    for (const [seat, cell] of chosen) {
      this.#told.delete(seat);
      this.#told.set(seat, cell);
    }
  }

  #isDue(seat: number, cell: Cell): boolean {
    const told = this.#told.get(seat);
    if (told === cell) return false;
    return this.#shown === undefined || this.#shown.has(seat) || told?.flags !== cell.flags;
  }
}
