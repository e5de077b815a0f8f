/** Where a key leads to from item `current` of `count` that stand in one row; `current` where the key is not ours. */
export function nextTab(current: number, key: string, count: number): number {
  if (key === 'ArrowRight') return (current + 1) % count;
  if (key === 'ArrowLeft') return (current - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return current;
}
