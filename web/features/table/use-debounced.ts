import { useEffect, useState } from 'react';
import type { Milliseconds } from '../../../protocol/units.ts';

/** The value once it has not changed for so long. */
export function useDebounced<Value>(value: Value, delay: Milliseconds): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
