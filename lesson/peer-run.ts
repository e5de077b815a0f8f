import type { Clock } from '../protocol/clock.ts';
import type { ByteCount, Milliseconds } from '../protocol/units.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { parseEscapes } from '../trace/bytes/escapes.ts';
import type { FactBytes } from './facts.ts';
import { difference, firstDifference, type PeerFailure, type PeerOutcome } from './peer-outcome.ts';
import type { PeerAction } from './schema/peer-schema.ts';
import { compileText } from './template.ts';

declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

/** How the server's side stands: `opening` until the connection is there, `refused` where it never was. */
export type PeerState = 'opening' | 'open' | 'refused' | 'fin' | 'reset';
/** The connection of a peer, whoever makes it. */
export type PeerConnection = {
  readonly state: PeerState;
  readonly received: FactBytes;
  readonly subscribe: (listener: () => void) => () => void;
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly reset: () => void;
  readonly close: () => void;
};

/** An answer is there by then. */
const ANSWERED_WITHIN: Milliseconds = 5_000;
/** Between two slices, so that the server reads them apart. */
const BETWEEN_SLICES: Milliseconds = 20;

const NOTHING = new Uint8Array();

class Stopped extends Error {
  readonly outcome: Omit<PeerOutcome & { kind: 'failed' }, 'action'>;

  constructor(why: PeerFailure, seen: ReturnType<typeof difference>) {
    super(why);
    this.outcome = { kind: 'failed', why, ...seen };
  }
}

/** Runs a script on a connection and closes it; what the server sent is compared byte by byte. Never throws. */
export async function runPeer(
  script: readonly PeerAction[],
  connection: PeerConnection,
  clock: Clock,
  patience: Milliseconds = ANSWERED_WITHIN,
): Promise<PeerOutcome> {
  const run = new PeerRun(connection, clock, patience);
  let action = 0;
  try {
    await run.open();
    for (; action < script.length; action += 1) await run.do(script[action] as PeerAction);
    return { kind: 'passed' };
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    return { ...stopped.outcome, action };
  } finally {
    connection.close();
  }
}

class PeerRun {
  readonly #connection: PeerConnection;
  readonly #clock: Clock;
  readonly #patience: Milliseconds;
  /** Received and compared. */
  #taken: ByteCount = 0;

  constructor(connection: PeerConnection, clock: Clock, patience: Milliseconds) {
    this.#connection = connection;
    this.#clock = clock;
    this.#patience = patience;
  }

  async open(): Promise<void> {
    await this.#until(() => this.#connection.state !== 'opening');
    const { state } = this.#connection;
    if (state === 'opening' || state === 'refused') this.#stop('refused');
  }
  async do(action: PeerAction): Promise<void> {
    const { send, sendSlowly, expectBytes, expectText, expectEnd, expectSilence, end, reset } = action;
    if (send !== undefined) this.#send(parseEscapes(send));
    if (sendSlowly) await this.#sendSlowly(parseEscapes(sendSlowly[0]), sendSlowly[1]);
    if (expectBytes !== undefined) await this.#expectBytes(parseEscapes(expectBytes));
    if (expectText !== undefined) await this.#expectText(expectText);
    if (expectEnd) await this.#expectEnd(expectEnd);
    if (expectSilence !== undefined) await this.#expectSilence(expectSilence);
    if (end) this.#connection.end();
    if (reset) this.#connection.reset();
  }

  #send(bytes: Uint8Array): void {
    if (this.#connection.state === 'reset') this.#stop('reset');
    this.#connection.send(bytes);
  }
  async #sendSlowly(bytes: Uint8Array, slice: ByteCount): Promise<void> {
    for (let offset = 0; offset < bytes.length; offset += slice) {
      if (offset > 0) await this.#pause(BETWEEN_SLICES);
      this.#send(bytes.subarray(offset, offset + slice));
    }
  }
  async #expectBytes(wanted: Uint8Array): Promise<void> {
    const got = (): Uint8Array => this.#connection.received.slice(this.#taken, wanted.length);
    const isDifferent = (): boolean => firstDifference(wanted, got()) < got().length;
    await this.#until(() => got().length === wanted.length || isDifferent() || this.#isOver);
    if (isDifferent()) this.#stop('differs', wanted, got());
    if (got().length < wanted.length) this.#stop(this.#lack, wanted, got());
    this.#taken += wanted.length;
  }
  async #expectText(template: string): Promise<void> {
    const isText = compileText({ equals: template });
    const fits = (): boolean => isText(new TextDecoder().decode(this.#unread));
    await this.#until(() => fits() || this.#isOver);
    // A template has no bytes of its own to compare: both are shown from where they begin.
    if (!fits()) this.#stop(this.#unread.length > 0 ? 'differs' : this.#lack, encodeUtf8(template), this.#unread);
    this.#taken = this.#connection.received.length;
  }
  async #expectEnd(wanted: 'fin' | 'reset'): Promise<void> {
    await this.#until(() => this.#isOver || this.#unread.length > 0);
    if (this.#unread.length > 0) this.#stop('spoke', NOTHING, this.#unread);
    const { state } = this.#connection;
    if (state !== wanted) this.#stop(state === 'fin' ? 'ended' : state === 'reset' ? 'reset' : 'open');
  }
  async #expectSilence(span: Milliseconds): Promise<void> {
    await this.#until(() => this.#isOver || this.#unread.length > 0, span);
    if (this.#unread.length > 0) this.#stop('spoke', NOTHING, this.#unread);
    if (this.#isOver) this.#stop(this.#lack);
  }

  get #unread(): Uint8Array {
    const { received } = this.#connection;
    return received.slice(this.#taken, received.length - this.#taken);
  }
  get #isOver(): boolean {
    const { state } = this.#connection;
    return state === 'fin' || state === 'reset';
  }
  /** Why nothing more comes. */
  get #lack(): PeerFailure {
    const { state } = this.#connection;
    return state === 'fin' ? 'ended' : state === 'reset' ? 'reset' : 'missing';
  }
  #stop(why: PeerFailure, wanted: Uint8Array = NOTHING, got: Uint8Array = NOTHING): never {
    throw new Stopped(why, difference(wanted, got, this.#taken));
  }
  #pause(span: Milliseconds): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(span, resolve);
    });
  }
  /** Until it holds, or the time is over. */
  #until(holds: () => boolean, span = this.#patience): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        stop();
        resolve();
      };
      const cancel = this.#clock.after(span, () => done());
      const stop = this.#connection.subscribe(() => {
        if (holds()) done();
      });
      if (holds()) done();
    });
  }
}
