import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { DatagramState, PeerState } from '../../protocol/messages/stats.ts';
import { queryConnection } from './diag/inet-diag.ts';
import { readMemoryInfo } from './diag/memory-info.ts';
import { decodeTcpInfo, type KernelSnapshot, readTcpInfo } from './diag/tcp-info.ts';
import { datagramFdOf, fdOf } from './ffi/fd-of.ts';
import { type Libc, libc, SIOCINQ, SIOCOUTQ } from './ffi/libc.ts';

/** Of an open TCP socket, or its file descriptor. Undefined where it is closed, no TCP, or the system cannot tell. */
export function kernelState(socket: Socket | number): KernelSnapshot | undefined {
  const fd = typeof socket === 'number' ? socket : fdOf(socket);
  if (!libc || fd === undefined) return undefined;
  const info = readTcpInfo(libc, fd);
  if (!info) return undefined;
  const memory = readMemoryInfo(libc, fd);
  return {
    ...decodeTcpInfo(info),
    receiveQueue: askCount(libc, fd, SIOCINQ),
    sendQueue: askCount(libc, fd, SIOCOUTQ),
    ...(memory && { sendBlocked: memory.isSendFull }),
  };
}

/** Of an open UDP socket. Undefined where it is closed, or the system cannot tell. */
export function datagramState(socket: DatagramSocket): Omit<DatagramState, 'stream'> | undefined {
  const fd = datagramFdOf(socket);
  if (!libc || fd === undefined) return undefined;
  const memory = readMemoryInfo(libc, fd);
  return (
    memory && {
      next: askCount(libc, fd, SIOCINQ),
      memory: memory.received,
      buffer: memory.receiveBuffer,
      dropped: memory.dropped,
    }
  );
}

/**
 * The socket at the other end of an open connection, where that is one of this machine's own. `local`
 * and `remote` are this end's. Undefined where it is elsewhere, or the system cannot tell.
 */
export function peerState(local: Endpoint, remote: Endpoint): Omit<PeerState, 'stream'> | undefined {
  const found = libc && queryConnection(libc, remote, local);
  if (!found) return undefined;
  const { state, receiveQueue, sendQueue, sendWindow, sendBlocked } = found;
  return {
    state,
    receiveQueue,
    sendQueue,
    ...(sendWindow !== undefined && { sendWindow }),
    ...(sendBlocked !== undefined && { sendBlocked }),
  };
}

/**
 * Of a TCP connection whose socket this process has closed: TIME-WAIT with what its timer has left, FIN-WAIT, LAST-ACK.
 * Undefined where the kernel has forgotten it, or the system cannot tell.
 */
export function queryClosed(local: Endpoint, remote: Endpoint): KernelSnapshot | undefined {
  return libc && queryConnection(libc, local, remote);
}

/** ioctl(2) with one int as its answer; 0 where the socket is in no state to be asked. */
function askCount(calls: Libc, fd: number, request: number): number {
  const answer = Buffer.alloc(4);
  return calls.ioctl(fd, request, answer) < 0 ? 0 : answer.readInt32LE();
}
