import type { ReportedPlace, Reporter } from '../../../client/rooms/reporter.ts';
import { RoomClient, type WayBack } from '../../../client/rooms/room-client.ts';
import type { RoomModel } from '../../../client/rooms/room-model.ts';
import type { Pack } from '../../../lesson/pack/pack.ts';
import type { Clock } from '../../../protocol/clock.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { RoomTold } from '../../../protocol/rooms/messages.ts';
import type { MirrorKind } from '../../../protocol/rooms/mirror-part.ts';
import type { Notice, ReportedStep } from '../../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { Playground } from '../playground.ts';
import type { Program } from '../programs/program.ts';
import { MirrorSender } from './mirror-sender.ts';
import { RoomChoices } from './room-choices.ts';
import { RoomLessons } from './room-lessons.ts';
import { Tray } from './tray.ts';
import { WatchedPage } from './watched-page.ts';

/** Where it is stored what brings a page back. */
export type RoomDisk = {
  readonly read: () => WayBack | undefined;
  readonly write: (back: WayBack | undefined) => void;
};
export type ClassRoomOptions = {
  readonly playground: Playground;
  /** Those of the page Program, once somebody was there. */
  readonly programs: () => readonly Program[];
  readonly clock: Clock;
  readonly disk: RoomDisk;
};
/** What an instructor has said; `at`: ms since 1970. */
export type ToldNotice = { readonly notice: Notice; readonly at: Milliseconds };
/** Somebody asked for a name that another one has, or gave a wrong PIN. */
export type Alarm = Omit<Extract<RoomTold, { say: 'alarm' }>, 'say'>;

/** The page's end of a class room, at a learner's or an instructor's page. One for each tab. */
export class ClassRoom extends Observable {
  readonly client: RoomClient;
  /** Of an instructor's page. */
  readonly tray = new Tray();
  readonly choices: RoomChoices;
  readonly #lessons: RoomLessons;
  readonly #playground: Playground;
  readonly #sender: MirrorSender;
  /** Pages that are looked at, by the number of their mirror. */
  readonly #watched = new Map<number, WatchedPage>();
  #watching: number | undefined;
  #failure: PlaygroundError | undefined;
  #notice: ToldNotice | undefined;
  #alarm: Alarm | undefined;
  #isShownToAll = false;
  #isBegun = false;
  #isComingBack = false;
  #place: ReportedPlace = {};
  #finished = 0;

  constructor({ playground, programs, clock, disk }: ClassRoomOptions) {
    super();
    this.#playground = playground;
    this.client = new RoomClient({
      client: () => playground.client,
      clock,
      onChange: () => {
        this.#lessons.look();
        this.changed();
      },
      onTold: (message) => this.#onTold(message),
      onWayBack: disk.write,
      onMirror: (mirror, kind, bytes) => this.#onMirror(mirror, kind, bytes),
    });
    this.choices = new RoomChoices({
      client: this.client,
      attempt: (ask) => void this.attempt(ask),
      onChange: () => this.changed(),
    });
    this.#lessons = new RoomLessons(this.client, () => this.changed());
    const send: RoomClient['sendMirror'] = (kind, bytes) => this.client.sendMirror(kind, bytes);
    this.#sender = new MirrorSender({ playground, programs, clock, send });
    const { extension } = this.client;
    playground.classroom.current = {
      onFrame: extension.onFrame,
      onArrival: (arrival) => {
        if (this.#isBegun) extension.onArrival(arrival);
        else this.#begin(disk.read());
      },
    };
    if (playground.gateway().phase === 'online') this.#begin(disk.read());
  }

  get model(): RoomModel {
    return this.client.model;
  }
  /** This tab has shown a key of the room. */
  get isTeaching(): boolean {
    return this.model.role === 'instructor' || this.model.role === 'helper';
  }
  /** Lessons of the instructor's own; undefined: those of the page. */
  get pack(): Pack | undefined {
    return this.#lessons.pack;
  }
  /** All see this page. */
  get isShownToAll(): boolean {
    return this.#isShownToAll;
  }
  /** It is not known yet whether this page has a seat, or a room that it teaches. */
  get isComingBack(): boolean {
    return !this.#isBegun || this.#isComingBack;
  }
  /** There are rooms here, as the server says. */
  get isOffered(): boolean {
    return this.#playground.gateway().rooms !== undefined;
  }
  /** The newest words of the instructor that have not been put away. */
  get notice(): ToldNotice | undefined {
    return this.#notice;
  }
  get alarm(): Alarm | undefined {
    return this.#alarm;
  }
  /** Why what was asked for last was refused. */
  get failure(): PlaygroundError | undefined {
    return this.#failure;
  }

  /** Where lessons tell how they go. */
  readonly reporter: Pick<Reporter, 'moveTo' | 'occur' | 'finish'> = {
    moveTo: (place) => {
      this.#place = place;
      this.client.reporter.moveTo(place);
      this.changed();
    },
    occur: (event) => this.client.reporter.occur(event),
    finish: (step: ReportedStep) => {
      this.#finished += 1;
      this.client.reporter.finish(step);
      this.changed();
    },
  };
  /** What the instructor is told of this page, apart from the name. */
  get seen(): { readonly place: string | undefined; readonly sockets: number; readonly steps: number } {
    const { lesson, number, of } = this.#place;
    const place = lesson === undefined ? undefined : `${lesson} ${number ?? ''}/${of ?? ''}`;
    const sockets = this.#playground.sockets().filter(({ isOver }) => !isOver).length;
    return { place, sockets, steps: Math.max(this.#finished, this.model.own?.progress.length ?? 0) };
  }

  /** The seat's page that an instructor looks at; undefined: none, or none of its past has come. */
  get watched(): WatchedPage | undefined {
    return this.#watching === undefined ? undefined : this.#watched.get(this.#watching);
  }
  /** The page that all may look at. */
  get spotlight(): WatchedPage | undefined {
    const { spotlight } = this.model.now;
    return spotlight && this.#watched.get(spotlight.mirror);
  }
  /** Looks at a seat's page; undefined: at none any more. */
  async watch(seat: number | undefined): Promise<void> {
    if (this.#watching !== undefined) this.#watched.delete(this.#watching);
    this.#watching = undefined;
    const answer = await this.client.ask('watch', seat === undefined ? {} : { seat });
    if (answer.say === 'watching') this.#watching = answer.mirror;
    this.changed();
  }

  /** Asks for something; what it is refused with stands in `failure`. @returns whether it was done */
  async attempt(ask: () => Promise<unknown>): Promise<boolean> {
    this.#setFailure(undefined);
    try {
      await ask();
      return true;
    } catch (error) {
      this.#setFailure(PlaygroundError.from(error));
      return false;
    }
  }
  forgive(): void {
    this.#setFailure(undefined);
  }
  putAwayNotice(): void {
    this.#notice = undefined;
    this.changed();
  }
  putAwayAlarm(): void {
    this.#alarm = undefined;
    this.changed();
  }

  #begin(back: WayBack | undefined): void {
    this.#isBegun = true;
    if (back) void this.#comeBack(back);
    else this.changed();
  }
  async #comeBack(back: WayBack): Promise<void> {
    this.#isComingBack = true;
    await this.attempt(() => this.client.comeBack(back));
    this.#isComingBack = false;
    this.changed();
  }
  #onTold(message: RoomTold): void {
    if (message.say === 'notice') this.#notice = message;
    else if (message.say === 'alarm') this.#alarm = message;
    else if (message.say === 'mirror') this.#onMirrored(message);
    else if (message.say === 'unwatched') this.#watched.delete(message.mirror);
    else if (message.say === 'ended') {
      this.#onMirrored({ on: false, isSpotlight: false });
      this.#watched.clear();
    }
  }
  /** Somebody looks at this page, or all do. */
  #onMirrored({ on, isSpotlight }: { readonly on: boolean; readonly isSpotlight: boolean }): void {
    this.#isShownToAll = isSpotlight;
    this.#sender.set(on);
  }
  #onMirror(mirror: number, kind: MirrorKind, bytes: Uint8Array): void {
    const page = this.#watched.get(mirror) ?? new WatchedPage();
    this.#watched.set(mirror, page);
    try {
      page.take(kind, bytes);
    } catch (error) {
      this.#watched.delete(mirror);
      this.#setFailure(PlaygroundError.from(error));
    }
    this.changed();
  }
  #setFailure(failure: PlaygroundError | undefined): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.changed();
  }
}
