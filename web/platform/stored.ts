import { useCallback, useState } from 'react';

/** `tab`: lives as long as the tab and survives a reload. `browser`: for good. */
export type Lifetime = 'tab' | 'browser';

// A browser that blocks storage throws on the very mention of it: the page then works, and forgets.

export function readStored(lifetime: Lifetime, key: string): string | null {
  try {
    return (lifetime === 'tab' ? sessionStorage : localStorage).getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(lifetime: Lifetime, key: string, value: string): void {
  try {
    (lifetime === 'tab' ? sessionStorage : localStorage).setItem(key, value);
  } catch {
    // Full or blocked.
  }
}

export function removeStored(lifetime: Lifetime, key: string): void {
  try {
    (lifetime === 'tab' ? sessionStorage : localStorage).removeItem(key);
  } catch {
    // Blocked: there is nothing to remove.
  }
}

export function storedKeys(lifetime: Lifetime): string[] {
  try {
    return Object.keys(lifetime === 'tab' ? sessionStorage : localStorage);
  } catch {
    return [];
  }
}

/** Stored JSON, or undefined where there is none or it is broken: what it holds is still to be checked. */
export function readStoredJson(lifetime: Lifetime, key: string): unknown {
  try {
    return JSON.parse(readStored(lifetime, key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** State that is remembered under `key`; `parse` checks what an older page may have left there. */
export function useStored<Value>(
  lifetime: Lifetime,
  key: string,
  parse: (stored: unknown) => Value,
): [value: Value, setValue: (value: Value) => void] {
  const [value, setValue] = useState(() => parse(readStoredJson(lifetime, key)));
  const store = useCallback(
    (next: Value) => {
      setValue(next);
      writeStored(lifetime, key, JSON.stringify(next));
    },
    [lifetime, key],
  );
  return [value, store];
}
