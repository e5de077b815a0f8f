import type { Milliseconds } from '../../protocol/units.ts';

/** Milliseconds since 1970, with their fraction, as the local `hh:mm:ss.mmm µµµ`: the same in both languages. */
export function formatClockTime(time: Milliseconds): string {
  // Rounded first, so that no part is rounded up to one more than it can be; the fraction apart, which the whole blurs.
  const whole = Math.floor(time);
  const micros = whole * 1_000 + Math.round((time - whole) * 1_000);
  const date = new Date(Math.floor(micros / 1_000));
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(':');
  return `${clock}.${pad(date.getMilliseconds(), 3)} ${pad(micros % 1_000, 3)}`;
}

/** The local `yyyy-mm-dd`: the same in both languages. */
export function formatDay(time: Milliseconds): string {
  const date = new Date(time);
  return [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)].join('-');
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
