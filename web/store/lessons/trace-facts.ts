import type { FactBytes, FactEvent, FactLog, Origin, Queue, SocketFacts } from '../../../lesson/facts.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { ByteStream } from '../../../trace/byte-stream.ts';
import type { Direction } from '../../../trace/event.ts';
import type { SocketKind, SocketState } from '../../../trace/socket.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { type PathStep, StatePath } from '../../../trace/state-path.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';

/** What is known beside the trace: the lab server that the socket is on its way to, and whether its client is no socket of the page. */
export type Surroundings = {
  readonly labAt: (target: Endpoint, kind: SocketKind) => string | undefined;
  readonly isOutside: (trace: SocketTrace) => boolean;
  /** The socket at the other end, where that is one of the page's too. */
  readonly otherEnd: (trace: SocketTrace) => SocketTrace | undefined;
};

/** A socket of the page or of a program, as a lesson is judged by it. It reads the trace and copies nothing. */
export class TraceFacts implements SocketFacts {
  readonly id: string;
  readonly from: Origin;
  readonly trace: SocketTrace;
  readonly sent: FactBytes;
  readonly received: FactBytes;
  readonly #around: Surroundings;
  #log: { readonly of: TraceBuffer; readonly log: FactLog<FactEvent>; readonly path: StatePath };

  constructor(id: string, from: Origin, trace: SocketTrace, around: Surroundings) {
    this.id = id;
    this.from = from;
    this.trace = trace;
    this.#around = around;
    this.sent = bytesOf(trace, 'sent');
    this.received = bytesOf(trace, 'received');
    this.#log = logOf(trace.log);
  }

  get kind(): SocketKind {
    return this.trace.kind;
  }
  get lab(): string | undefined {
    const { lab, local, target, kind } = this.trace;
    if (lab !== undefined || local) return lab;
    return kind === 'listen' || kind === 'accepted' ? undefined : this.#around.labAt(target, kind);
  }
  get local(): Endpoint | undefined {
    return this.trace.local;
  }
  get remote(): Endpoint | undefined {
    return this.trace.remote;
  }
  get state(): SocketState {
    return this.trace.state;
  }
  get log(): FactLog<FactEvent> {
    return this.#current().log;
  }
  /** What the kernel told of the state is observed, all else as the calls tell. */
  get path(): readonly PathStep[] {
    const { path } = this.#current();
    const other = this.#around.otherEnd(this.trace);
    if (other) path.join(other.log);
    path.update();
    const { kernel } = this.trace;
    if (kernel) path.observe(kernel.state);
    return path.update();
  }
  get queue(): Queue | undefined {
    return this.kind === 'listen' ? this.trace.pending : undefined;
  }
  get isOutside(): boolean {
    return this.#around.isOutside(this.trace);
  }

  /** The trace has another log once its oldest events have gone. */
  #current() {
    if (this.#log.of !== this.trace.log) this.#log = logOf(this.trace.log);
    return this.#log;
  }
}

function logOf(of: TraceBuffer) {
  const at = (index: number): FactEvent | undefined => {
    const event = of.at(index);
    return event?.site ? { ...event, line: event.site.line } : event;
  };
  return { of, log: { dropped: of.dropped, length: of.length, at }, path: new StatePath(of) };
}

/** Of a program the worker reports the first bytes alone; those after them count. */
function bytesOf(trace: SocketTrace, direction: Direction): FactBytes {
  const stream: ByteStream = trace[direction];
  return {
    get length() {
      return stream.length + trace.omitted[direction];
    },
    slice: (offset, count) => stream.slice(offset, count),
  };
}
