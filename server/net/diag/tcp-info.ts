import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { TcpState } from '../../../protocol/tcp-state.ts';
import type { QueueLength } from '../accept-queue.ts';
import { encodeInt, IPPROTO_TCP, type Libc, TCP_INFO } from '../ffi/libc.ts';

/** Room for struct tcp_info (linux/tcp.h) as far as this program reads it; a newer kernel's is longer. */
const TCP_INFO_BYTES = 256;

/** Offsets in struct tcp_info, in bytes; all u32, host order, but the first two. */
const STATE_U8 = 0;
const RETRANSMITS_U8 = 2;
const RTO = 8;
const SND_MSS = 16;
const UNACKED = 24;
const SACKED = 28;
const RTT = 68;
const RTTVAR = 72;
const SND_SSTHRESH = 76;
const SND_CWND = 80;
const TOTAL_RETRANS = 100;
/** Since Linux 5.4. */
const SND_WND = 228;
/** Since Linux 6.2. */
const RCV_WND = 232;

/** By the kernel's number (net/tcp_states.h), spelled as RFC 9293 spells them. */
const STATES: readonly (TcpState | undefined)[] = [
  undefined,
  'ESTABLISHED',
  'SYN-SENT',
  'SYN-RECEIVED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'CLOSED',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
  'SYN-RECEIVED',
];

/** `TIME-WAIT` for 6. */
export function tcpStateOf(kernelNumber: number): TcpState | undefined {
  return STATES[kernelNumber];
}

/** The bytes of struct tcp_info that this kernel has filled in; undefined where the file descriptor is no TCP socket. */
export function readTcpInfo(calls: Libc, fd: number): Buffer | undefined {
  const info = Buffer.alloc(TCP_INFO_BYTES);
  const length = encodeInt(TCP_INFO_BYTES);
  if (calls.getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, length) < 0) return undefined;
  return info.subarray(0, length.readInt32LE());
}

/** Of a listening socket: there the kernel counts the queue in tcpi_unacked and gives the backlog in tcpi_sacked. */
export function readQueueLength(calls: Libc, fd: number): QueueLength | undefined {
  const info = readTcpInfo(calls, fd);
  return info && { waiting: info.readUInt32LE(UNACKED), max: info.readUInt32LE(SACKED) };
}

/** How one connection stands in the kernel; times in µs, windows in segments (congestion) and bytes (send). */
export type KernelSnapshot = Omit<KernelState, 'stream'>;
type TcpInfo = Omit<KernelSnapshot, 'receiveQueue' | 'sendQueue' | 'timer'>;

/** Reads the struct. What an older kernel's is too short for, or the kernel has not measured, is left out: 0 would be a claim. */
export function decodeTcpInfo(info: Buffer): TcpInfo {
  const u32 = (offset: number) => info.readUInt32LE(offset);
  const state = tcpStateOf(info[STATE_U8] ?? 0) ?? 'CLOSED';
  if (info.length < TOTAL_RETRANS + 4) return { state };
  return {
    state,
    // None before the first acknowledgement.
    ...(u32(RTT) > 0 && { rtt: u32(RTT), rttVariance: u32(RTTVAR) }),
    retransmitTimeout: u32(RTO),
    congestionWindow: u32(SND_CWND),
    slowStartThreshold: u32(SND_SSTHRESH),
    retransmits: info[RETRANSMITS_U8] ?? 0,
    totalRetransmits: u32(TOTAL_RETRANS),
    maxSegment: u32(SND_MSS),
    ...(info.length >= SND_WND + 4 && { sendWindow: u32(SND_WND) }),
    ...(info.length >= RCV_WND + 4 && { receiveWindow: u32(RCV_WND) }),
  };
}
