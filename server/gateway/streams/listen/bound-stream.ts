import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../../protocol/frame.ts';
import { SocketCall } from '../../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../../protocol/messages/codec.ts';
import type { Open, Opened } from '../../../../protocol/messages/socket.ts';
import { decodeU32, encodeTime } from '../../../../protocol/payloads.ts';
import type { BoundSocket } from '../../../net/accept-queue.ts';
import { Outbound } from '../outbound.ts';
import { answer, type CallOutcome } from '../socket-calls.ts';
import { encodeReset, failureFrom } from '../stream-end.ts';
import type { GatewayStream, StreamPort } from '../stream-port.ts';
import { type BoundHere, bindHere } from './listen-here.ts';

/** What a bound socket may become. */
export type Successor = {
  readonly listen: (here: BoundHere & { bound: BoundSocket }, backlog: number) => Promise<CallOutcome>;
  readonly connect: (here: BoundHere & { bound: BoundSocket }, call: SocketCall) => Promise<CallOutcome>;
};

/** A TCP socket that is bound and no more. CALL listen or connect puts another stream in its place, under its number. */
export class BoundStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'bound';
  readonly outbound = new Outbound();
  readonly #port: StreamPort;
  readonly #successor: Successor;
  #here: (BoundHere & { bound: BoundSocket }) | undefined;
  #isOver = false;

  constructor(id: number, port: StreamPort, successor: Successor) {
    this.id = id;
    this.#port = port;
    this.#successor = successor;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async open({ host, port, options }: Open): Promise<void> {
    const called = this.#port.clock.nowMicros();
    try {
      const here = await bindHere(this.#port, { host, port }, options ?? {});
      if (this.#isOver) {
        here.forget();
        await here.bound.close();
        return;
      }
      this.#here = here;
      const { endpoint } = here.bound;
      const outside = here.shownPort === endpoint.port ? {} : { outside: endpoint };
      const local = { ...endpoint, port: here.shownPort };
      const opened: Opened = { called, at: this.#port.clock.nowMicros(), local, ...outside };
      this.#port.send(FrameType.OPENED, this.id, encodeMessage(opened));
    } catch (error) {
      this.#finish(FrameType.RST, encodeReset(this.#port.clock.nowMicros(), failureFrom(error, 'bind'), { called }));
    }
  }

  receive({ type, payload }: Frame): void {
    if (type === FrameType.CALL) this.#onCall(decodeMessage(SocketCall, payload));
    else if (type === FrameType.CREDIT) decodeU32(payload);
    else if (type === FrameType.CLOSE || type === FrameType.RST) {
      this.#release();
      this.#finish(FrameType.CLOSED, encodeTime(this.#port.clock.nowMicros()));
    } else throw new PlaygroundError('FRAME_INVALID', `type ${type} on a bound socket`);
  }

  onDrain(): void {}
  sweep(): void {}
  kernelState(): undefined {
    return undefined;
  }
  destroy(): void {
    this.#isOver = true; // a bind() under way finds out
    this.#release();
  }
  #release(): void {
    const here = this.#here;
    this.#here = undefined;
    here?.forget();
    void here?.bound.close();
  }

  #onCall(call: SocketCall): void {
    const here = this.#here;
    const outcome = Promise.try((): Promise<CallOutcome> | CallOutcome => {
      if (call.call === 'setsockopt') return {};
      if (!here) throw new PlaygroundError('SOCKET_CLOSED', 'not bound');
      if (call.call !== 'listen' && call.call !== 'connect') {
        throw new PlaygroundError('UNSUPPORTED', `${call.call} on a bound socket`);
      }
      this.#here = undefined; // the successor's from here on
      return call.call === 'listen'
        ? this.#successor.listen(here, call.backlog ?? 0)
        : this.#successor.connect(here, call);
    });
    answer(this.#port, this.id, call.id, outcome);
  }

  #finish(type: FrameType, payload: Uint8Array): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.outbound.push(type, payload, 0);
    this.#port.wake(this);
  }
}
