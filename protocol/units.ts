/** A span of time, or a moment on a clock that says which. */
export type Milliseconds = number;
/** A moment on the server's monotonic clock (µs since it started), or a span on it. Exact up to 2^53 µs (285 years). */
export type Microseconds = number;
export type ByteCount = number;
/** 0–65535; 0 asks the system for an ephemeral port. */
export type Port = number;
