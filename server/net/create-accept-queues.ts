import type { AcceptQueues } from './accept-queue.ts';
import { createEmulatedAcceptQueues } from './emulated-accept-queue.ts';
import { libc } from './ffi/libc.ts';
import { createKernelAcceptQueues } from './kernel-accept-queue.ts';

/** The kernel's own accept queues where they can be had: Linux, and koffi has loaded. */
export function createAcceptQueues(): AcceptQueues {
  return libc ? createKernelAcceptQueues(libc) : createEmulatedAcceptQueues();
}
