import type { QueueLength } from './accept-queue.ts';
import { encodeInt, IPPROTO_TCP, type Libc, TCP_INFO } from './libc.ts';

/** Room for struct tcp_info (linux/tcp.h) as far as this program reads it; a newer kernel's is longer. */
const TCP_INFO_BYTES = 256;

/** The bytes of struct tcp_info that this kernel has filled in. */
export function readTcpInfo(calls: Libc, fd: number): Buffer | undefined {
  const info = Buffer.alloc(TCP_INFO_BYTES);
  const length = encodeInt(TCP_INFO_BYTES);
  if (calls.getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, length) < 0) return undefined;
  return info.subarray(0, length.readInt32LE());
}

/** Offsets in struct tcp_info, in bytes. On a listening socket tcpi_unacked is its queue and tcpi_sacked the backlog. */
const UNACKED = 24;
const SACKED = 28;

export function readQueueLength(calls: Libc, fd: number): QueueLength | undefined {
  const info = readTcpInfo(calls, fd);
  return info && { waiting: info.readUInt32LE(UNACKED), max: info.readUInt32LE(SACKED) };
}
