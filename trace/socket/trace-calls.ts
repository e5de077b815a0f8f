import type { Microseconds } from '../../protocol/units.ts';
import type { ClockStep } from '../clock-steps.ts';
import type { TraceEvent } from '../event.ts';
import { TimeLine } from '../time-line.ts';
import { TraceBuffer } from '../trace-buffer.ts';

/** A call of our own end; what is left out is blank. `at` is of the server's clock. */
export type OwnCall = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>;

/** The calls of one socket, in the order in which they became known, with their times on one line. */
export class TraceCalls {
  #buffer: TraceBuffer;
  #line: TimeLine;

  constructor(line: TimeLine, eventsKept?: number) {
    this.#buffer = new TraceBuffer(eventsKept);
    this.#line = line;
  }

  /** Another buffer once the oldest events have been dropped: see TraceBuffer.trimmed. */
  get buffer(): TraceBuffer {
    return this.#buffer;
  }
  get line(): TimeLine {
    return this.#line;
  }

  /** An event whose time stands on the line. */
  append(event: TraceEvent): void {
    this.#buffer.append(event);
    this.#buffer = this.#buffer.trimmed();
  }
  /** A call of our own end, its time on the server's clock. */
  add(call: OwnCall): void {
    const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
    const at = this.#line.place(call.at);
    this.append({ ...blank, end: 'local', error: undefined, took: undefined, ...call, at });
  }

  /** Begins anew with a recording: no clock is read for it. `zero`: what is added to its times, so that they are µs since 1970. */
  restore(clock: readonly ClockStep[], dropped: number, zero: Microseconds): void {
    this.#line = new TimeLine(clock.map(({ at, by }) => ({ at: at + zero, by })));
    this.#buffer = new TraceBuffer(this.#buffer.kept, [], dropped);
  }
}
