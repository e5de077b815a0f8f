import type { ByteCount } from '../../../protocol/units.ts';
import { encodeInt, type Libc, SO_MEMINFO, SOL_SOCKET } from '../ffi/libc.ts';

/** enum of linux/sock_diag.h, u32 each, host order; offsets in bytes. */
const RMEM_ALLOC = 0;
const RCVBUF = 4;
const SNDBUF = 12;
const WMEM_QUEUED = 20;
const DROPS = 32;
/** Linux before 4.6 has no DROPS. */
const MEMORY_BYTES = 36;

/** What a socket takes of the kernel's memory; all with the kernel's own overhead. */
export type MemoryInfo = {
  readonly received: ByteCount;
  readonly receiveBuffer: ByteCount;
  /** The send buffer is full: a send(2) that waits does not return. */
  readonly isSendFull: boolean;
  /** Datagrams for which there was no room. */
  readonly dropped: number;
};

/** SO_MEMINFO of an open socket; undefined where the system cannot tell. */
export function readMemoryInfo(calls: Libc, fd: number): MemoryInfo | undefined {
  const info = Buffer.alloc(MEMORY_BYTES);
  const length = encodeInt(MEMORY_BYTES);
  if (calls.getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, length) < 0) return undefined;
  return decodeMemoryInfo(info.subarray(0, length.readInt32LE()));
}

/** The same of a netlink answer; undefined where it is too short. */
export function decodeMemoryInfo(info: Buffer): MemoryInfo | undefined {
  if (info.length < MEMORY_BYTES) return undefined;
  return {
    received: info.readUInt32LE(RMEM_ALLOC),
    receiveBuffer: info.readUInt32LE(RCVBUF),
    isSendFull: info.readUInt32LE(WMEM_QUEUED) >= info.readUInt32LE(SNDBUF),
    dropped: info.readUInt32LE(DROPS),
  };
}
