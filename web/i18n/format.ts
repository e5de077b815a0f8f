import type { ByteCount, Microseconds } from '../../protocol/units.ts';

// Units are written the same in both languages (SI symbols); only the words around them are the catalogue's.

/** `24 B`, `1.5 kB`, `20 MB`: three figures at the most. */
export function formatByteCount(count: ByteCount): string {
  if (count < 1_000) return `${count} B`;
  if (count < 999_500) return `${threeFigures(count / 1_000)} kB`;
  if (count < 999_500_000) return `${threeFigures(count / 1_000_000)} MB`;
  return `${threeFigures(count / 1_000_000_000)} GB`;
}

/** `334 µs`, `12.9 ms`, `2.41 s`, `3 min 5 s`. */
export function formatSpan(span: Microseconds): string {
  if (Math.round(span) < 1_000) return `${Math.round(span)} µs`;
  if (span < 999_500) return `${threeFigures(span / 1_000)} ms`;
  if (span < 59_950_000) return `${threeFigures(span / 1_000_000)} s`;
  const seconds = Math.round(span / 1_000_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** From the beginning of what is looked at: `0`, `+12.9 ms`, `−54 min 3 s`. */
export function formatSince(span: Microseconds): string {
  if (span === 0) return '0';
  return span < 0 ? `−${formatSpan(-span)}` : `+${formatSpan(span)}`;
}

function threeFigures(value: number): string {
  if (value >= 99.95) return String(Math.round(value));
  const decimals = value >= 9.995 ? 10 : 100;
  return String(Math.round(value * decimals) / decimals);
}

/** `1 byte`, `2 bytes`: for languages with two forms. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
