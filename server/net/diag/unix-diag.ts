import { fstatSync } from 'node:fs';
import type { QueueLength } from '../accept-queue.ts';
import { AF_UNIX, type Libc } from '../ffi/libc.ts';
import { askSockDiag, readAttribute } from './sock-diag.ts';

/** struct unix_diag_req (linux/unix_diag.h): family u8, protocol u8, pad u16, states u32, ino u32, show u32, cookie u32 × 2. */
const REQUEST_BYTES = 24;
const UDIAG_SHOW_RQLEN = 0x10;
/** struct unix_diag_msg, before its attributes. */
const MESSAGE_BYTES = 16;
/** Attribute struct unix_diag_rqlen: of a listening socket its queue and its backlog. */
const UNIX_DIAG_RQLEN = 4;
const ANY = 0xffff_ffff;

/** The accept queue of a listening Unix socket, asked for by its inode. */
export function readUnixQueueLength(calls: Libc, fd: number): QueueLength | undefined {
  const request = Buffer.alloc(REQUEST_BYTES);
  request[0] = AF_UNIX;
  request.writeUInt32LE(ANY, 4);
  request.writeUInt32LE(fstatSync(fd).ino, 8);
  request.writeUInt32LE(UDIAG_SHOW_RQLEN, 12);
  request.writeUInt32LE(ANY, 16);
  request.writeUInt32LE(ANY, 20);
  const answer = askSockDiag(calls, request);
  const length = answer && readAttribute(answer.subarray(MESSAGE_BYTES), UNIX_DIAG_RQLEN);
  return length && { waiting: length.readUInt32LE(0), max: length.readUInt32LE(4) };
}
