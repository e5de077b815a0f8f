import { useMemo, useSyncExternalStore } from 'react';

/** What changes often, and tells so each time. */
export type Source = { readonly subscribe: (listener: () => void) => () => void };

/**
 * Re-renders when what `read` returns has changed, at most once per animation frame however often the source changes.
 * `read` may do a part of its work and return `isBehind`: it is then asked again in the next frame.
 */
export function useFrame(source: Source, read: () => FrameRead): number {
  const latch = useMemo(() => createLatch(source, read), [source, read]);
  return useSyncExternalStore(latch.subscribe, latch.version);
}
export type FrameRead = { readonly version: number; readonly isBehind: boolean };

function createLatch(source: Source, read: () => FrameRead) {
  const listeners = new Set<() => void>();
  let version = -1;
  let frame = 0;
  function look(): void {
    frame = 0;
    const next = read();
    if (next.isBehind) askAgain();
    if (next.version === version) return;
    version = next.version;
    for (const listener of listeners) listener();
  }
  function askAgain(): void {
    if (frame === 0 && listeners.size > 0) frame = requestAnimationFrame(look);
  }
  return {
    version(): number {
      if (version === -1) version = read().version;
      return version;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      const unsubscribe = source.subscribe(askAgain);
      askAgain(); // what changed between the first render and now
      return () => {
        unsubscribe();
        listeners.delete(listener);
        cancelAnimationFrame(frame);
        frame = 0;
      };
    },
  };
}

/** Several sources as one. */
export function allOf(sources: readonly Source[]): Source {
  return {
    subscribe(listener) {
      const stops = sources.map((source) => source.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
