import { useState } from 'react';

/**
 * A press that changes what is read anew with each frame is drawn in its own event: a controlled box or list would else jump
 * back to what it was until the next frame.
 */
export function usePress(): (change: () => void) => void {
  const [, setCount] = useState(0);
  return (change) => {
    change();
    setCount((count) => count + 1);
  };
}
