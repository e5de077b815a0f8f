import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../../protocol/frame.ts';
import type { Open, Opened } from '../../../../protocol/messages/socket.ts';
import { decodeU32 } from '../../../../protocol/payloads.ts';
import type { BoundSocket } from '../../../net/accept-queue.ts';
import type { Environment } from '../environment.ts';
import type { GatewayStream } from '../gateway-stream.ts';
import { Outbound } from '../outbound.ts';
import { answerCall, type CallTable } from '../socket-calls.ts';
import { failureFrom, type StreamEnd } from '../stream-end.ts';
import type { StreamHost } from '../stream-host.ts';
import type { Successor } from './bound-calls.ts';
import { type BoundHere, bindHere } from './listen-here.ts';

/** `take` gives the socket away: it is the successor's from then on. @throws {PlaygroundError} SOCKET_CLOSED */
type CalledBound = { readonly take: () => BoundHere & { bound: BoundSocket }; readonly successor: Successor };

const CALLS: CallTable<CalledBound> = {
  setsockopt: () => ({}),
  listen: ({ take, successor }, call) => successor.listen(take(), call),
  connect: ({ take, successor }, call) => successor.connect(take(), call),
};

/** A TCP socket that is bound and no more. CALL listen or connect puts another stream in its place, under its number. */
export class BoundStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'bound';
  readonly outbound = new Outbound();
  readonly #environment: Environment;
  readonly #host: StreamHost;
  readonly #called: CalledBound;
  #here: (BoundHere & { bound: BoundSocket }) | undefined;
  #isOver = false;

  constructor(id: number, environment: Environment, host: StreamHost, successor: Successor) {
    this.id = id;
    this.#environment = environment;
    this.#host = host;
    this.#called = { take: () => this.#take(), successor };
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async open({ host, port, options }: Open): Promise<void> {
    const { clock, kernel, listeners, queues } = this.#environment;
    const called = clock.nowMicros();
    try {
      const place = { kernel, listeners, queues, ports: this.#host.tab.ports, owner: this.#host.tab.destinations };
      const here = await bindHere(place, { host, port }, options ?? {});
      if (this.#isOver) {
        here.forget();
        await here.bound.close();
        return;
      }
      this.#here = here;
      const { endpoint } = here.bound;
      const outside = here.shownPort === endpoint.port ? {} : { outside: endpoint };
      const local = { ...endpoint, port: here.shownPort };
      const opened: Opened = { called, at: clock.nowMicros(), local, ...outside };
      this.#host.opened(this.id, opened);
    } catch (error) {
      this.#end({ at: clock.nowMicros(), failure: failureFrom(error, 'bind'), details: { called } });
    }
  }

  receive({ type, payload }: Frame): void {
    if (type === FrameType.CALL) answerCall(this.#host, this.id, payload, CALLS, this.#called, 'on a bound socket');
    else if (type === FrameType.CREDIT) decodeU32(payload);
    else if (type === FrameType.CLOSE || type === FrameType.RST) {
      this.#release();
      this.#end({ at: this.#environment.clock.nowMicros() });
    } else throw new PlaygroundError('FRAME_INVALID', `type ${type} on a bound socket`);
  }

  onDrain(): void {}
  sweep(): void {}
  kernelState(): undefined {
    return undefined;
  }
  destroy(): void {
    this.#isOver = true; // bind(2) may be under way: `open` closes its socket
    this.#release();
  }
  #release(): void {
    const here = this.#here;
    this.#here = undefined;
    here?.forget();
    void here?.bound.close();
  }
  #take(): BoundHere & { bound: BoundSocket } {
    const here = this.#here;
    if (!here) throw new PlaygroundError('SOCKET_CLOSED', 'not bound');
    this.#here = undefined;
    return here;
  }
  #end(end: StreamEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#host.ended(this, end);
  }
}
