// RFC 1982 serial number arithmetic on 32 bits: numbers go round, and which of two comes first depends on the way that is
// shorter. Two that are exactly half the circle apart come in no order (§3.2). 0 means "none yet" and is stepped over.

const HALF = 0x8000_0000;

/** The seq after `seq`. */
export function nextSeq(seq: number): number {
  return (seq + 1) >>> 0 || 1;
}

/** Is `a` after `b`? */
export function isAfter(a: number, b: number): boolean {
  return a !== b && (a - b) >>> 0 < HALF;
}

/** Is `seq` one of `first` … `last`, both included? 0 is only where nothing has been numbered yet. */
export function isWithin(seq: number, first: number, last: number): boolean {
  if (seq === 0) return first === 0;
  return (seq - first) >>> 0 <= (last - first) >>> 0;
}
