/** How many times its own length a view may keep from the collector. */
const WASTE_MAX = 4;

/**
 * Bytes that are to be kept after the call that brought them. The payload of a frame is a view of its whole WebSocket
 * message, or of all that one read(2) brought: where it is much shorter, it is copied out.
 */
export function keep(bytes: Uint8Array): Uint8Array {
  return bytes.length * WASTE_MAX < bytes.buffer.byteLength ? new Uint8Array(bytes) : bytes;
}
