import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 16;
const ROOM_ID_BYTES = 8;

/** 128 random bits in hex. */
export function createKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}
export function createRoomId(): string {
  return randomBytes(ROOM_ID_BYTES).toString('hex');
}
/** What is stored of a key, in hex. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
/** In constant time, whatever is given. */
export function isKeyOf(hash: string, key: string): boolean {
  const stored = Buffer.from(hash, 'hex');
  const given = createHash('sha256').update(key).digest();
  return stored.length === given.length && timingSafeEqual(stored, given);
}
