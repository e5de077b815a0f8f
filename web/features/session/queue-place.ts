/** How a server's accept queue stood: how many waited, and how many it had taken from it so far. */
export type QueueLook = { readonly waiting: number; readonly served: number };

/**
 * Which place a connection has by now, at the furthest. It was one of those that waited when it was first seen, and the queue is taken
 * from at its front. Others may have come behind it before that: so it may be further ahead, never further behind.
 */
export function queuePlace(first: QueueLook, now: QueueLook): number {
  return Math.max(1, Math.min(first.waiting - (now.served - first.served), now.waiting));
}
