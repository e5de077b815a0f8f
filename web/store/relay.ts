import type { ByteCount } from '../../protocol/units.ts';
import type { ScriptSocket } from '../../trace/script/script-run.ts';
import type { Driver, LiveSocket } from './live-socket.ts';
import { scriptSocketOf } from './script-socket.ts';

/** While so much has not left the one leg, nothing more is read from the other: the sender meets back-pressure, as through any relay. */
const QUEUED_MAX: ByteCount = 262_144;

/** One of a relay's two connections: what comes on it is passed on to the other one, in order, FIN behind it, a failure as a reset. */
class RelayLeg implements Driver {
  readonly #live: LiveSocket;
  readonly other: LiveSocket;
  readonly #source: ScriptSocket;
  readonly #sink: ScriptSocket;
  /** Each says that bytes have been read which were passed on. */
  #unread: (() => void)[] = [];
  #isOver = false;
  readonly #stops: readonly (() => void)[];

  constructor(live: LiveSocket, other: LiveSocket) {
    this.#live = live;
    this.other = other;
    this.#source = scriptSocketOf(live);
    this.#sink = scriptSocketOf(other);
    this.#stops = [live, other].map((leg) => leg.subscribe(() => this.#look()));
  }

  /** What comes before the other leg is connected is queued there. What can no longer be passed on is read all the same: FIN stands behind it. */
  onData(bytes: Uint8Array, consume: () => void): void {
    this.#unread.push(consume);
    if (this.other.canSend) this.other.send(bytes);
    this.#look();
  }
  /** From now on it is a connection like any other. */
  stop(): void {
    this.#isOver = true;
    for (const stop of this.#stops) stop();
    this.#consume();
  }

  #look(): void {
    if (this.other.isOver || this.other.queuedBytes <= QUEUED_MAX) this.#consume();
    const [source, sink] = [this.#source, this.#sink];
    // Each of what follows changes a socket, which looks here again.
    if (this.#isOver || (!source.isConnected && !source.isOver)) return;
    if (source.isOver) {
      this.#isOver = true;
      if (this.#live.failure) sink.reset();
      else sink.close();
    } else if (source.ending) {
      if (sink.canSend) sink.end();
      // Both directions have ended: it closes once all that was sent on it has gone.
      if (!sink.isConnected || !(sink.ending || sink.isOver)) return;
      this.#isOver = true;
      sink.close();
    }
  }
  #consume(): void {
    const read = this.#unread;
    this.#unread = [];
    for (const consume of read) consume();
  }
}

/** Passes on what comes on either of the two connections to the other. */
export function relay(accepted: LiveSocket, dialled: LiveSocket): void {
  accepted.drive(() => new RelayLeg(accepted, dialled));
  dialled.drive(() => new RelayLeg(dialled, accepted));
}

/** Of a relay's leg, the other one. */
export function otherLeg(live: LiveSocket | undefined): LiveSocket | undefined {
  return live?.driver instanceof RelayLeg ? live.driver.other : undefined;
}
