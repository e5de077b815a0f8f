import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Driver, LiveSocket } from './live-socket.ts';

/** What a listener does with those who connect: `begin` is called with each. The rest is how a person chose it. */
export type Answers = {
  readonly kind: string;
  readonly text: string;
  /** Of a relay. */
  readonly target?: Endpoint;
  readonly begin: (accepted: LiveSocket) => void;
};

/** A listener that accepts by itself whoever waits, and has each connection answered. */
export class Answering implements Driver {
  readonly #listener: LiveSocket;
  #answers: Answers | undefined;
  /** An accept() is on its way. */
  #isAccepting = false;

  constructor(listener: LiveSocket) {
    this.#listener = listener;
  }

  /** Undefined: it waits for accept() to be pressed. */
  get answers(): Answers | undefined {
    return this.#answers;
  }
  set(answers: Answers | undefined): void {
    this.#answers = answers;
    this.onPending();
  }
  stop(): void {
    this.#answers = undefined;
  }
  /** Takes only who waits already: once nobody is to be answered any more, nobody is accepted by what was asked for before. */
  onPending(): void {
    const { pending, isOpen } = this.#listener;
    if (!this.#answers || this.#isAccepting || pending.waiting === 0 || !isOpen) return;
    this.#isAccepting = true;
    this.#listener.accept();
  }
  /** What is known of how many wait is old: it is told behind this. */
  onAccepted(accepted: LiveSocket): void {
    this.#isAccepting = false;
    this.#answers?.begin(accepted);
  }
}

/** What this listener answers now; undefined: it waits for accept() to be pressed. */
export function answersOf({ driver }: LiveSocket): Answers | undefined {
  return driver instanceof Answering ? driver.answers : undefined;
}
/** The one of this listener; it stays while what is answered changes. */
export function answeringOf(listener: LiveSocket): Answering {
  const { driver } = listener;
  if (driver instanceof Answering) return driver;
  const answering = new Answering(listener);
  listener.drive(() => answering);
  return answering;
}
