import { RECEIVE_BYTES } from '../../../protocol/frame.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import { MirrorFeed, mirrorSource } from '../../../trace/mirror/mirror-feed.ts';
import type { MirrorHead, MirrorProgram } from '../../../trace/mirror/mirror-message.ts';
import { type MirrorTarget, MirrorView } from '../../../trace/mirror/mirror-view.ts';
import { Observable } from '../../../trace/observable.ts';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import { TimeLine } from '../../../trace/time-line.ts';

const NOWHERE: Endpoint = { host: '', port: 0 };

/** A socket of somebody else's page: its calls and bytes go on coming. */
class MirroredSocket extends SocketTrace {
  tell(): void {
    this.changed();
  }
}

/** The page of somebody else, as it is told: its sockets feed the views that one's own sockets feed. Nothing can be done to them. */
export class WatchedPage extends Observable implements MirrorTarget {
  readonly #line = new TimeLine();
  readonly #view = new MirrorView(this);
  #sockets = new Map<number, MirroredSocket>();
  #list: readonly SocketTrace[] = [];
  #programs: readonly MirrorProgram[] = [];
  #isBegun = false;

  get sockets(): readonly SocketTrace[] {
    return this.#list;
  }
  get programs(): readonly MirrorProgram[] {
    return this.#programs;
  }
  /** Its past has come. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** @throws {PlaygroundError} MESSAGE_INVALID: it cannot be read, and the watching is to end */
  take(kind: 'snapshot' | 'delta', bytes: Uint8Array): void {
    this.#view.take(kind, new TextDecoder().decode(bytes));
    this.#list = [...this.#sockets.values()];
    this.changed();
  }

  /** As it stands now, and stays. */
  copy(): WatchedPage {
    const copy = new WatchedPage();
    copy.#view.take('snapshot', new MirrorFeed().snapshot(this.#list.map(mirrorSource), this.#programs));
    copy.#list = [...copy.#sockets.values()];
    return copy;
  }

  begin(): void {
    this.#isBegun = true;
    this.#sockets = new Map();
    this.#programs = [];
  }
  setHead({ ordinal, ...head }: MirrorHead): void {
    const before = this.#sockets.get(head.id);
    if (before) {
      before.restore(head, 0);
      before.tell();
      return;
    }
    const { id, kind } = head;
    const target = (kind === 'listen' ? undefined : head.remote) ?? head.local ?? NOWHERE;
    const record = new MirroredSocket({
      id,
      kind,
      target,
      ordinal,
      receiveSize: RECEIVE_BYTES,
      line: this.#line,
    });
    record.restore(head, 0);
    this.#sockets.set(id, record);
  }
  addBytes(id: number, direction: Direction, bytes: Uint8Array): void {
    this.#sockets.get(id)?.appendBytes(direction, bytes);
  }
  addEvents(id: number, events: readonly TraceEvent[]): void {
    const record = this.#sockets.get(id);
    record?.append(events);
    record?.tell();
  }
  remove(id: number): void {
    this.#sockets.delete(id);
  }
  setPrograms(programs: readonly MirrorProgram[]): void {
    this.#programs = programs;
  }
}
