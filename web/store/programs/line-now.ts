/** Where a line of a text stands after the text was edited; undefined where the line itself was, or is gone. Lines count from 1. */
export function lineNow(before: string, now: string, line: number): number | undefined {
  if (before === now) return line;
  const [old, fresh] = [before.split('\n'), now.split('\n')];
  const isSame = (one: number, other: number) => old[one - 1] !== undefined && old[one - 1] === fresh[other - 1];
  let above = 1;
  while (above < line && isSame(above, above)) above += 1;
  if (above === line) return isSame(line, line) ? line : undefined;
  const moved = line + fresh.length - old.length;
  for (let below = line; below <= old.length; below += 1) {
    if (!isSame(below, below + fresh.length - old.length)) return undefined;
  }
  return moved;
}
