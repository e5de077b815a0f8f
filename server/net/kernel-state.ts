import type { Socket } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import { queryConnection } from './diag/inet-diag.ts';
import { decodeTcpInfo, type KernelSnapshot, readTcpInfo } from './diag/tcp-info.ts';
import { fdOf } from './ffi/fd-of.ts';
import { type Libc, libc, SIOCINQ, SIOCOUTQ } from './ffi/libc.ts';

/** Of an open TCP socket, or its file descriptor. Undefined where it is closed, no TCP, or the system cannot tell. */
export function kernelState(socket: Socket | number): KernelSnapshot | undefined {
  const fd = typeof socket === 'number' ? socket : fdOf(socket);
  if (!libc || fd === undefined) return undefined;
  const info = readTcpInfo(libc, fd);
  return (
    info && {
      ...decodeTcpInfo(info),
      receiveQueue: askCount(libc, fd, SIOCINQ),
      sendQueue: askCount(libc, fd, SIOCOUTQ),
    }
  );
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
