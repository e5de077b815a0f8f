import { FrameType } from '../../protocol/frame.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { pause } from '../program.ts';
import { labPort, type Target } from './attack.ts';
import { type Entered, enter } from './entering.ts';

const ANSWERED_WITHIN: Milliseconds = 5_000;

export type Hand = { readonly token?: string };

/** Comes in, connects to the threaded echo by name, and has an answer: how long all of it took; undefined: it could not. */
export async function comeIn(target: Target, hand: Hand): Promise<Milliseconds | undefined> {
  const start = performance.now();
  const entered = await enter(target, hand);
  if (!entered) return undefined;
  try {
    return (await isAnswered(entered, target)) ? performance.now() - start : undefined;
  } finally {
    leave(entered);
  }
}

/** One who was in before, with a socket, and has lost the network. */
export class Absentee {
  readonly #target: Target;
  readonly #hand: Hand;
  readonly #entered: Entered;

  private constructor(target: Target, hand: Hand, entered: Entered) {
    this.#target = target;
    this.#hand = hand;
    this.#entered = entered;
  }
  static async enter(target: Target, hand: Hand): Promise<Absentee> {
    const entered = await enter(target, hand);
    if (!entered || !(await isAnswered(entered, target))) throw new Error('nobody could come in before the attack');
    return new Absentee(target, hand, entered);
  }

  /** The network is lost, and comes back at once: how long until the session goes on; undefined: it does not. */
  async comeBack(): Promise<Milliseconds | undefined> {
    const resume = this.#entered.resume();
    this.#entered.raw.cut();
    const start = performance.now();
    const again = await enter(this.#target, { ...this.#hand, ...(resume ? { resume } : {}) });
    if (again) leave(again);
    return again?.welcome.status === 'resumed' ? performance.now() - start : undefined;
  }
}

async function isAnswered({ raw }: Entered, target: Target): Promise<boolean> {
  raw.open(1, { kind: 'tcp', host: 'localhost', port: labPort(target, 'Threaded echo') });
  raw.send(FrameType.DATA, 1, Uint8Array.of(1));
  const answer = raw.next(FrameType.DATA, 1).then(() => true);
  return await Promise.race([answer, pause(ANSWERED_WITHIN).then(() => false)]);
}

function leave({ raw }: Entered): void {
  raw.send(FrameType.GOAWAY, 0, Buffer.from('{"code":"SESSION_GONE","text":""}'));
  raw.ws.close();
}
