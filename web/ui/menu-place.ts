/** CSS of a fixed box that grows away from the nearer edges of the window. */
export type MenuPlace = {
  readonly top?: number;
  readonly bottom?: number;
  readonly left?: number;
  readonly right?: number;
};
type Around = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

/** Below the button and from its left edge, or above and from its right where that leaves more room. In CSS pixels. */
export function placeMenu(button: Around, width: number, height: number): MenuPlace {
  const gap = 4;
  const isBelow = button.top + button.bottom <= height;
  const isLeft = button.left + button.right <= width;
  return {
    ...(isBelow ? { top: button.bottom + gap } : { bottom: height - button.top + gap }),
    ...(isLeft ? { left: Math.max(0, button.left) } : { right: Math.max(0, width - button.right) }),
  };
}

/** Where a key takes the focus in a menu of `count` items; undefined: the key is not the menu's. */
export function nextItem(key: string, current: number, count: number): number | undefined {
  if (key === 'ArrowDown') return (current + 1) % count;
  if (key === 'ArrowUp') return current <= 0 ? count - 1 : current - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}
