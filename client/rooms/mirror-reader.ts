import { concatBytes } from '../../protocol/concat-bytes.ts';
import type { MirrorKind, MirrorPart } from '../../protocol/rooms/mirror-part.ts';
import { PIECE_BYTES_MAX } from '../../protocol/rooms/mirror-part.ts';

/** A whole snapshot or delta. */
export type MirrorMessage = { readonly kind: MirrorKind; readonly bytes: Uint8Array };

/** Puts the pieces of one mirror together. */
export class MirrorReader {
  #next: number | undefined;
  #pieces: Uint8Array[] = [];

  /** What this piece completes; `gap`: one before it is missing, and nothing is of use until the next snapshot. */
  take({ part, kind, piece, of, bytes }: MirrorPart): MirrorMessage | 'gap' | undefined {
    const begins = kind === 'snapshot' && piece === 0;
    if (!begins && part !== this.#next) {
      this.#next = undefined;
      return 'gap';
    }
    if (piece === 0) this.#pieces = [];
    this.#next = (part + 1) >>> 0;
    this.#pieces.push(bytes.slice());
    if (this.#pieces.length !== piece + 1) return 'gap';
    return piece === of - 1 ? { kind, bytes: concatBytes(this.#pieces) } : undefined;
  }
}

/** Numbers what a page sends of itself, and cuts it into pieces that fit a frame. */
export class MirrorWriter {
  #part = 0;

  *parts(kind: MirrorKind, bytes: Uint8Array): Generator<MirrorPart> {
    const of = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES_MAX));
    for (let piece = 0; piece < of; piece += 1) {
      this.#part = (this.#part + 1) >>> 0;
      const start = piece * PIECE_BYTES_MAX;
      yield { part: this.#part, kind, piece, of, bytes: bytes.subarray(start, start + PIECE_BYTES_MAX) };
    }
  }
}
