import { useCallback } from 'react';
import { type Source, useFrame } from './use-frame.ts';

/** Re-renders when the source's version has grown, at most once per animation frame; what is shown is read anew then. */
export function useLive(source: Source & { readonly version: () => number }): void {
  const read = useCallback(() => ({ version: source.version(), isBehind: false }), [source]);
  useFrame(source, read);
}
