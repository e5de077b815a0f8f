import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType, RECEIVE_BYTES } from '../../../../protocol/frame.ts';
import { encodeMessage } from '../../../../protocol/messages/codec.ts';
import type { Accepted, Open, Opened, Pending } from '../../../../protocol/messages/socket.ts';
import { decodeU32 } from '../../../../protocol/payloads.ts';
import type { AcceptQueue } from '../../../net/accept-queue.ts';
import type { Environment } from '../environment.ts';
import type { GatewayStream } from '../gateway-stream.ts';
import { Outbound } from '../outbound.ts';
import { answerCall, type CallTable } from '../socket-calls.ts';
import { failureFrom, type StreamEnd } from '../stream-end.ts';
import type { StreamHost } from '../stream-host.ts';
import { TcpStream } from '../tcp/tcp-stream.ts';
import { type BoundHere, listenHere } from './listen-here.ts';

const NO_BACKLOG_GIVEN = 5;

/** Of a listener's options only that of the connections it accepts can be set. */
const CALLS: CallTable<(isByHand: boolean) => void> = {
  setsockopt: (readByHand, { options }) => {
    const { readByHand: isByHand, ...others } = options;
    if (isByHand === undefined || Object.keys(others).length > 0) {
      throw new PlaygroundError('UNSUPPORTED', 'setsockopt on a listener');
    }
    readByHand(isByHand);
    return {};
  },
};

/** A listening socket of the learner: reports how many connections wait, and accepts one when the page asks for it. */
export class ListenerStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'listen';
  readonly outbound = new Outbound();
  readonly #environment: Environment;
  readonly #host: StreamHost;
  #queue: AcceptQueue | undefined;
  #forget: (() => void) | undefined;
  /** accept() calls that wait for a peer. */
  #wanted = 0;
  #isOver = false;
  #isPendingUntold = false;
  #shownPort = 0;
  #accepted: BoundHere['accepted'] | undefined;
  /** So are those that it accepts from now on. */
  #isReadByHand = false;

  constructor(id: number, environment: Environment, host: StreamHost) {
    this.id = id;
    this.#environment = environment;
    this.#host = host;
  }

  /** bind(2) and listen(2) as OPEN asks. */
  async open({ host, port, backlog, options }: Open): Promise<void> {
    const { clock, kernel, limits, listeners, queues } = this.#environment;
    const called = clock.nowMicros();
    try {
      if (options?.readByHand !== undefined) this.#readByHand(options.readByHand);
      const place = { kernel, listeners, queues, ports: this.#host.tab.ports, owner: this.#host.tab.destinations };
      const granted = Math.min(backlog ?? NO_BACKLOG_GIVEN, limits.backlog);
      const here = await listenHere(place, { host, port }, granted, options ?? {});
      this.start(here);
      if (this.#isOver) return;
      this.#host.opened(this.id, { called, at: clock.nowMicros(), ...describeListener(here) });
      this.tellPending();
    } catch (error) {
      this.#end({ at: clock.nowMicros(), failure: failureFrom(error, 'bind'), details: { called } });
    }
  }

  receive({ type, payload }: Frame): void {
    if (type === FrameType.ACCEPT) {
      this.#wanted += 1;
      this.#acceptWanted();
    } else if (type === FrameType.CLOSE || type === FrameType.RST) {
      this.#closeQueue();
      this.#end({ at: this.#environment.clock.nowMicros() });
    } else if (type === FrameType.CREDIT) decodeU32(payload);
    else if (type === FrameType.CALL)
      answerCall(this.#host, this.id, payload, CALLS, (is) => this.#readByHand(is), 'on a listener');
    else throw new PlaygroundError('FRAME_INVALID', `type ${type} on a listener`);
  }

  onDrain(): void {
    this.#acceptWanted(); // a connection that has ended may have made room
    if (this.#isPendingUntold) this.tellPending();
  }
  sweep(): void {
    this.#acceptWanted(); // so may another session's
  }
  kernelState(): undefined {
    return undefined;
  }

  destroy(): void {
    this.#isOver = true; // listen(2) may be under way: `start` closes its socket
    this.#closeQueue();
  }
  #closeQueue(): void {
    this.#forget?.();
    this.#forget = undefined;
    void this.#queue?.close();
    this.#queue = undefined;
  }

  /** The learner's socket listens; from here on the stream owns it. */
  start({ queue, forget, shownPort, accepted }: BoundHere & { queue: AcceptQueue }): void {
    if (this.#isOver) {
      forget();
      void queue.close();
      return;
    }
    this.#queue = queue;
    this.#forget = forget;
    this.#shownPort = shownPort;
    this.#accepted = accepted;
    queue.onReady(() => {
      this.#host.guard(() => {
        this.#acceptWanted();
        this.tellPending();
      });
    });
  }

  #acceptWanted(): void {
    while (this.#wanted > 0 && this.#queue && this.#host.mayAdopt(this.id)) {
      // The handlers name a stream that exists only once there is a connection for it.
      let stream: TcpStream | undefined;
      const accepted = this.#queue.accept({
        size: () => stream?.receiveSize ?? RECEIVE_BYTES,
        onRead: (bytes) => stream?.onRead(bytes) ?? false,
      });
      if (!accepted) return;
      this.#wanted -= 1;
      const { socket, local, remote, receiver } = accepted;
      this.#accepted?.({ local, remote });
      const message: Accepted = {
        at: this.#environment.clock.nowMicros(),
        listener: this.id,
        local: { ...local, port: this.#shownPort },
        remote,
      };
      this.#host.adopt(this.id, (id) => {
        stream = new TcpStream(id, this.#environment, this.#host);
        this.#host.send(FrameType.ACCEPTED, id, encodeMessage(message));
        stream.settings.onResized(() => receiver.resized());
        stream.ends = { local, remote };
        stream.peerEnds = stream.ends;
        stream.attach(socket, receiver);
        if (this.#isReadByHand) stream.onOptions({ readByHand: true });
        else receiver.resume();
        return stream;
      });
      this.tellPending();
    }
  }

  /** @throws {PlaygroundError} UNSUPPORTED: accepted sockets are read ahead here */
  #readByHand(isByHand: boolean): void {
    if (isByHand && this.#environment.queues.kind !== 'kernel') {
      throw new PlaygroundError('UNSUPPORTED', 'this system reads ahead on accepted sockets');
    }
    this.#isReadByHand = isByHand;
  }

  /** How many wait to be accepted. Who does not listen to us is told later, and only how it stands then. */
  tellPending(): void {
    this.#isPendingUntold = !this.#host.events.hasRoom();
    if (!this.#queue || this.#isOver || this.#isPendingUntold) return;
    const { waiting, max } = this.#queue.pending();
    const pending: Pending = { at: this.#environment.clock.nowMicros(), waiting, max };
    this.#host.send(FrameType.PENDING, this.id, encodeMessage(pending));
  }

  #end(end: StreamEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#host.ended(this, end);
  }
}

export function describeListener({
  queue,
  shownPort,
}: BoundHere & { queue: AcceptQueue }): Pick<Opened, 'local' | 'queue' | 'backlog' | 'outside'> {
  const { endpoint, kind, backlog } = queue;
  const outside = shownPort === endpoint.port ? {} : { outside: endpoint };
  return { local: { ...endpoint, port: shownPort }, queue: kind, backlog, ...outside };
}
