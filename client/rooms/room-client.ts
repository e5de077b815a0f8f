import type { Clock } from '../../protocol/clock.ts';
import { isErrorCode, PlaygroundError } from '../../protocol/errors.ts';
import { FrameType } from '../../protocol/frame.ts';
import { decodeMessage } from '../../protocol/messages/codec.ts';
import { PIECE_CHARACTERS_MAX, ROSTER_ROWS_MAX } from '../../protocol/rooms/from-instructor.ts';
import { Grid } from '../../protocol/rooms/grid.ts';
import {
  decodeRoomDown,
  encodeRoom,
  ROOM_TOLD,
  type RoomAnswer,
  type RoomAsk,
  type RoomDown,
  type RoomSay,
  type RoomTold,
  type RoomUp,
} from '../../protocol/rooms/messages.ts';
import { decodeMirror, encodeMirrorUp, type MirrorKind } from '../../protocol/rooms/mirror-part.ts';
import type { PackRef, RosterRow } from '../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { GatewayClient } from '../gateway-client.ts';
import type { ClientExtension } from '../gateway-client-options.ts';
import type { Arrival } from '../session.ts';
import { MirrorReader, MirrorWriter } from './mirror-reader.ts';
import { Reporter } from './reporter.ts';
import { RoomModel } from './room-model.ts';

/** What brings a page back to where it was: stored by the page, for the seat's browser or the instructor's tab. */
export type WayBack =
  | { readonly seat: { readonly room: string; readonly seat: number; readonly secret: string } }
  | { readonly room: string; readonly key: string };

export type RoomClientOptions = {
  readonly client: () => Pick<GatewayClient, 'tell'>;
  readonly clock: Clock;
  /** The model has changed; often: what draws it gathers. */
  readonly onChange?: () => void;
  readonly onTold?: (message: RoomTold) => void;
  /** One has come in, or may not come back: what to store, or to forget. */
  readonly onWayBack?: (back: WayBack | undefined) => void;
  /** A whole snapshot or delta of a page that one looks at. */
  readonly onMirror?: (mirror: number, kind: MirrorKind, bytes: Uint8Array) => void;
};

type Fields<Say extends RoomSay> = Omit<RoomAsk<Say>, 'say' | 'id'>;
type Waiting = { readonly resolve: (answer: RoomAnswer) => void; readonly reject: (error: PlaygroundError) => void };

/** A page that misses a part asks again, and no more often than the gateway answers. */
const AGAIN_EACH: Milliseconds = 2_500;

/** A page's end of a class room. It comes back to its seat, or its room, whenever the session is another one. */
export class RoomClient {
  readonly model = new RoomModel();
  readonly reporter: Reporter;
  readonly #options: RoomClientOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #readers = new Map<number, MirrorReader>();
  readonly #writer = new MirrorWriter();
  #askedAgainAt = Number.NEGATIVE_INFINITY;
  #next = 1;
  #back: WayBack | undefined;

  constructor(options: RoomClientOptions) {
    this.#options = options;
    this.reporter = new Reporter(options.clock, (report) => this.ask('report', report));
  }

  /** For the GatewayClient whose session this is. */
  readonly extension: ClientExtension = {
    onFrame: (type, payload) => this.#onFrame(type, payload),
    onArrival: (arrival) => this.#onArrival(arrival),
  };

  /**
   * Asks, and waits for the answer.
   * @throws {PlaygroundError} what it is refused with; SESSION_GONE: the session ended before the answer
   */
  ask<Say extends RoomSay>(say: Say, fields: Fields<Say>): Promise<RoomAnswer> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const payload = encodeRoom({ ...fields, say, id } as unknown as RoomUp);
      this.#options.client().tell(FrameType.ROOM, payload);
      this.#waiting.set(id, { resolve, reject });
    });
  }
  /** Comes in by a code. @throws {PlaygroundError} ROOM_UNKNOWN, NAME_INVALID, … */
  async join(fields: Omit<Fields<'join'>, 'seat'>): Promise<void> {
    await this.ask('join', fields);
  }
  /** Comes back to a seat, or opens a room by a key. @throws {PlaygroundError} SEAT_UNKNOWN, ROOM_ENDED, KEY_INVALID, … */
  async comeBack(back: WayBack): Promise<void> {
    this.#back = back;
    await ('key' in back ? this.ask('open', back) : this.ask('join', back));
  }
  /** Makes a room. The keys are told this once. @throws {PlaygroundError} KEY_INVALID */
  async create(fields: Fields<'create'>): Promise<{ readonly key: string; readonly helperKey: string }> {
    const answer = await this.ask('create', fields);
    if (answer.say !== 'opened') throw new PlaygroundError('MESSAGE_INVALID', answer.say);
    const { key = '', helperKey = '', room } = answer;
    this.#setBack({ room, key });
    return { key, helperKey };
  }
  /** The list of the class, whole. @throws {PlaygroundError} NAME_INVALID, ROOM_FULL */
  async giveRoster(rows: readonly RosterRow[]): Promise<void> {
    for (let first = 0; first === 0 || first < rows.length; first += ROSTER_ROWS_MAX) {
      await this.ask('roster', { first, rows: rows.slice(first, first + ROSTER_ROWS_MAX) });
    }
  }
  /** A pack of the instructor's own. */
  async givePack({ id, version }: Omit<PackRef, 'pieces'>, text: string): Promise<void> {
    const pieces = [...piecesOf(text)];
    await this.ask('pack', { pack: { id, version, pieces: pieces.length } });
    for (const [piece, part] of pieces.entries()) await this.ask('give', { piece, text: part });
  }
  /** The instructor's pack, as it stands in `model.now.pack`. @throws {PlaygroundError} LESSONS_INVALID: it is another one by now */
  async takePack(): Promise<string> {
    let text = '';
    for (let piece = 0; piece < (this.model.now.pack?.pieces ?? 0); piece += 1) {
      const answer = await this.ask('piece', { piece });
      if (answer.say === 'piece') text += answer.text;
    }
    return text;
  }
  /** What all have done, seat by seat. */
  async exportSteps(): Promise<Extract<RoomAnswer, { say: 'exported' }>['seats']> {
    const seats: Extract<RoomAnswer, { say: 'exported' }>['seats'] = [];
    for (let after: number | undefined = 0; after !== undefined; ) {
      const answer: RoomAnswer = await this.ask('export', { after });
      if (answer.say !== 'exported') break;
      seats.push(...answer.seats);
      after = answer.next;
    }
    return seats;
  }
  /** `forget`: this page does not come back to the seat. */
  async leave(forget = false): Promise<void> {
    this.#setBack(undefined);
    await this.ask('leave', forget ? { forget: true } : {});
    this.model.end(undefined);
    this.reporter.setOpen(false);
    this.#options.onChange?.();
  }
  /** May one's name stand beside one's page when it is shown to all? */
  async agree(spotlight: boolean): Promise<void> {
    await this.ask('agree', { spotlight });
    const { own } = this.model;
    if (own) this.model.own = { ...own, agrees: spotlight };
    this.#options.onChange?.();
  }
  /** What this page shows, for the pages that watch it: after `mirror` was told, a snapshot first. */
  sendMirror(kind: MirrorKind, bytes: Uint8Array): void {
    for (const part of this.#writer.parts(kind, bytes)) {
      this.#options.client().tell(FrameType.MIRROR_UP, encodeMirrorUp(part));
    }
  }

  /** At once, and not when a promise has been kept: what is told next is of this room already. */
  #settleIn(answer: RoomAnswer): void {
    if (answer.say === 'joined') {
      const { room, seat, secret } = answer;
      this.model.join(answer);
      this.#setBack({ seat: { room, seat, secret } });
    } else if (answer.say === 'opened') this.model.open(answer);
    else return;
    this.reporter.setOpen(this.model.role === 'learner');
    this.#readers.clear();
    this.#options.onChange?.();
  }
  #setBack(back: WayBack | undefined): void {
    this.#back = back;
    this.#options.onWayBack?.(back);
  }

  #onArrival({ isLost }: Arrival): void {
    if (!isLost) return;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.reporter.setOpen(false);
    const gone = new PlaygroundError('SESSION_GONE', 'the session ended before the answer');
    for (const { reject } of waiting) reject(gone);
    if (this.#back) this.comeBack(this.#back).catch((error) => this.#onNoWayBack(error));
  }
  #onNoWayBack(error: unknown): void {
    const { code } = PlaygroundError.from(error);
    if (code === 'SESSION_GONE') return; // the next arrival tries again
    this.model.end(code);
    this.#setBack(undefined);
    this.#options.onChange?.();
  }

  #onFrame(type: Parameters<ClientExtension['onFrame']>[0], payload: Uint8Array): void {
    if (type === FrameType.ROOM) this.#onRoom(decodeRoomDown(payload));
    else if (type === FrameType.MIRROR) this.#onMirror(payload);
    else {
      this.model.takeGrid(decodeMessage(Grid, payload));
      this.#options.onChange?.();
    }
  }
  #onRoom(message: RoomDown): void {
    if (isTold(message)) this.#onTold(message);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      this.#settleIn(message);
      if (message.say !== 'refused') waiting?.resolve(message);
      else
        waiting?.reject(new PlaygroundError(isErrorCode(message.code) ? message.code : 'INTERNAL', message.text ?? ''));
    }
  }
  #onTold(message: RoomTold): void {
    this.model.take(message);
    if (message.say === 'ended') {
      // Another page of the same browser may have the seat now: what brings it back is still good.
      if (message.code === 'SESSION_REPLACED') this.#back = undefined;
      else this.#setBack(undefined);
      this.reporter.setOpen(false);
    } else if (message.say === 'seat') this.#onSeat(message.seat);
    this.#options.onTold?.(message);
    this.#options.onChange?.();
  }
  /** One's seat has another number, or has been let in. */
  #onSeat(seat: number): void {
    const back = this.#back;
    if (back && 'seat' in back && back.seat.seat !== seat) this.#setBack({ seat: { ...back.seat, seat } });
    this.reporter.setOpen(this.model.role === 'learner');
  }

  #onMirror(payload: Uint8Array): void {
    const { mirror, ...part } = decodeMirror(payload);
    const reader = this.#readers.get(mirror) ?? new MirrorReader();
    this.#readers.set(mirror, reader);
    const message = reader.take(part);
    if (message === 'gap') this.#askAgain(mirror);
    else if (message) this.#options.onMirror?.(mirror, message.kind, message.bytes);
  }
  #askAgain(mirror: number): void {
    const now = this.#options.clock.now();
    if (now - this.#askedAgainAt < AGAIN_EACH) return;
    this.#askedAgainAt = now;
    this.ask('again', { mirror }).catch(() => undefined); // it has ended meanwhile
  }
}

/** A character of two UTF-16 units stays whole: half of one is no text, and what stores it loses it. */
function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = from + PIECE_CHARACTERS_MAX;
    const isWithin = /[\ud800-\udbff]/.test(text[end - 1] ?? '');
    const to = isWithin ? end - 1 : end;
    yield text.slice(from, to);
    from = to;
  }
}

function isTold(message: RoomDown): message is RoomTold {
  return Object.hasOwn(ROOM_TOLD, message.say);
}
