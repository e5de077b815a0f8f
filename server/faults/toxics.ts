import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { Cutter } from './cutter.ts';
import { DelayLine, type Sink, type Stage, splitAt, type Toxic } from './toxic.ts';

/** Every byte, and the FIN, arrives `delay` ± `jitter` later; never out of order. */
export function latency(delay: Milliseconds, jitter: Milliseconds = 0): Toxic {
  return (next, { clock, random }) => {
    const line = new DelayLine(clock);
    const later = (run: () => void): void => line.after(delay + jitter * (2 * random() - 1), run);
    return {
      write: (bytes) => later(() => next.write(bytes)),
      end: () => later(next.end),
      close: () => later(next.close),
      reset: next.reset,
      stop: () => line.stop(),
    };
  };
}

/** At most so many bytes per second, in pieces of a twentieth of that. */
export function bandwidth(bytesPerSecond: ByteCount): Toxic {
  const piece = Math.max(1, Math.floor(bytesPerSecond / 20));
  return (next, { clock }) =>
    new Cutter(next, clock, {
      size: () => piece,
      wait: (count) => (count / bytesPerSecond) * 1_000,
      catchesUp: true,
    }).stage;
}

/** The FIN comes `delay` after the last byte. */
export function slowClose(delay: Milliseconds): Toxic {
  return (next, { clock }) => {
    const line = new DelayLine(clock);
    const { write, reset } = next;
    return {
      write,
      reset,
      end: () => line.after(delay, next.end),
      close: () => line.after(delay, next.close),
      stop: () => line.stop(),
    };
  };
}

/** Nothing gets through any more; `delay` later the connection is closed, with 0 it stays as it is. */
export function timeout(delay: Milliseconds): Toxic {
  return (next, { clock }) => swallow(next, delay > 0 ? clock.after(delay, next.close) : () => undefined);
}

/** Nothing gets through any more; `delay` later the connection is reset. */
export function resetPeer(delay: Milliseconds): Toxic {
  return (next, { clock }) => swallow(next, clock.after(delay, next.reset));
}

/** For one direction alone: nothing gets through, and neither end is told. */
export function oneway(): Toxic {
  return (next) => swallow(next, () => undefined);
}

function swallow({ reset }: Sink, stop: () => void): Stage {
  return { write: () => undefined, end: () => undefined, close: () => undefined, reset, stop };
}

/**
 * Cuts what comes into slices of `size` ± `variation` bytes, each at least `delay` after the one before has left: timers
 * that are late must not bring two at once.
 */
export function slicer(size: ByteCount, variation: ByteCount, delay: Milliseconds): Toxic {
  return (next, { clock, random }) =>
    new Cutter(next, clock, {
      size: () => Math.max(1, Math.round(size + variation * (2 * random() - 1))),
      wait: () => delay,
      catchesUp: false,
    }).stage;
}

/** After so many bytes the connection is closed, with FIN. */
export function limitData(bytes: ByteCount): Toxic {
  return upTo(bytes, (next) => next.close());
}

/** After so many bytes the connection is reset: the last message stays half a message. */
export function truncate(bytes: ByteCount): Toxic {
  return upTo(bytes, (next) => next.reset());
}

function upTo(limit: ByteCount, finish: (next: Sink) => void): Toxic {
  return (next) => {
    let left = limit;
    const { end, close, reset } = next;
    const write = (bytes: Uint8Array): void => {
      if (left === 0) return;
      const [passed] = splitAt(bytes, left);
      left -= passed.length;
      if (passed.length > 0) next.write(passed);
      if (left === 0) finish(next);
    };
    return { write, end, close, reset, stop: () => undefined };
  };
}

/**
 * Holds everything, the FIN too, for so long; then delivers it late, and resets. What a Wi-Fi that comes back does to a
 * connection that its owner has given up meanwhile.
 */
export function freeze(hold: Milliseconds): Toxic {
  return (next, { clock }) => {
    let held: (() => void)[] | undefined = [];
    const keep = (run: () => void): void => void held?.push(run);
    const cancel = clock.after(hold, () => {
      const late = held ?? [];
      held = undefined;
      for (const run of late) run();
      next.reset();
    });
    return {
      write: (bytes) => keep(() => next.write(bytes)),
      end: () => keep(next.end),
      close: () => keep(next.close),
      reset: () => keep(next.reset),
      stop: cancel,
    };
  };
}
