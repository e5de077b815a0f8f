import {
  bandwidth,
  freeze,
  latency,
  limitData,
  oneway,
  resetPeer,
  slicer,
  slowClose,
  timeout,
  truncate,
} from '../../../server/faults/toxics.ts';

/** Faults for one direction of a proxy, in Toxiproxy's vocabulary; several are met one after another. */
export const toxics = {
  /** Every byte, and the FIN, arrives so many ms ± jitter later. */
  latency,
  /** At most so many bytes a second. */
  bandwidth,
  /** The FIN comes so many ms after the last byte. */
  slowClose,
  /** Nothing gets through; so many ms later the connection is closed; with 0 never. */
  timeout,
  /** Nothing gets through; so many ms later both ends are reset. */
  resetPeer,
  /** Slices of `size` ± `variation` bytes, each `ms` after the one before. */
  slicer: (size: number, variation = 0, ms = 0) => slicer(size, variation, ms),
  /** After so many bytes the connection is closed, with FIN. */
  limitData,
  /** After so many bytes both ends are reset. */
  truncate,
  /** Nothing gets through, and neither end is told. */
  oneway,
  /** Holds everything for so many ms; then delivers it late, and resets. */
  freeze,
} as const;
