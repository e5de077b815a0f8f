import { isIPv6 } from 'node:net';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { AF_INET, AF_INET6, IPPROTO_TCP, type Libc } from '../ffi/libc.ts';
import { decodeMemoryInfo } from './memory-info.ts';
import { askSockDiag, readAttribute } from './sock-diag.ts';
import { decodeTcpInfo, type KernelSnapshot, tcpStateOf } from './tcp-info.ts';

/*
 * struct inet_diag_req_v2 (linux/inet_diag.h): family u8, protocol u8, ext u8, pad u8, states u32, id.
 * struct inet_diag_msg: family u8, state u8, timer u8, retrans u8, id, expires u32, rqueue u32, wqueue u32, uid u32, inode u32.
 * Both have the id at 4 or 8: sport u16, dport u16 (network order), src 16 bytes, dst 16 bytes, interface u32, cookie u32 × 2.
 */
const REQUEST_BYTES = 56;
const REQUEST_ID = 8;
const MESSAGE_BYTES = 72;
const MESSAGE_ID = 4;
/** Ports and addresses: what names the connection. */
const TUPLE_BYTES = 36;
const COOKIE_IN_ID = 40;
const STATE = 1;
const TIMER = 2;
const EXPIRES = 52;
const RECEIVE_QUEUE = 56;
const SEND_QUEUE = 60;
/** Attribute and, as a bit of `ext`, request for struct tcp_info. */
const INET_DIAG_INFO = 2;
/** The same of struct sock's memory. */
const INET_DIAG_SKMEMINFO = 7;
/** The timer that runs is that of TIME-WAIT, or of a FIN-WAIT-2 that no process holds any more. */
const TIMEWAIT_TIMER = 3;
const ANY = 0xffff_ffff;

/** One look-up by the exact four-tuple in the kernel's hash, of connections that no process holds as well. */
export function queryConnection(calls: Libc, local: Endpoint, remote: Endpoint): KernelSnapshot | undefined {
  const tuple = encodeTuple(calls, local, remote);
  if (!tuple) return undefined;
  const request = Buffer.alloc(REQUEST_BYTES);
  request[0] = isIPv6(local.host) ? AF_INET6 : AF_INET;
  request[1] = IPPROTO_TCP;
  request[2] = (1 << (INET_DIAG_INFO - 1)) | (1 << (INET_DIAG_SKMEMINFO - 1));
  request.writeUInt32LE(ANY, 4);
  tuple.copy(request, REQUEST_ID);
  request.fill(0xff, REQUEST_ID + COOKIE_IN_ID);
  const answer = askSockDiag(calls, request);
  if (!answer || answer.length < MESSAGE_BYTES) return undefined;
  // Where it knows no such connection the kernel answers with whoever listens on the port.
  if (!answer.subarray(MESSAGE_ID, MESSAGE_ID + TUPLE_BYTES).equals(tuple)) return undefined;
  const attributes = answer.subarray(MESSAGE_BYTES);
  const info = readAttribute(attributes, INET_DIAG_INFO) ?? Buffer.alloc(0);
  const memory = decodeMemoryInfo(readAttribute(attributes, INET_DIAG_SKMEMINFO) ?? Buffer.alloc(0));
  return {
    ...decodeTcpInfo(info),
    state: tcpStateOf(answer[STATE] ?? 0) ?? 'CLOSED',
    receiveQueue: answer.readUInt32LE(RECEIVE_QUEUE),
    sendQueue: answer.readUInt32LE(SEND_QUEUE),
    ...(memory && { sendBlocked: memory.isSendFull }),
    ...(answer[TIMER] === TIMEWAIT_TIMER && { timer: answer.readUInt32LE(EXPIRES) }),
  };
}

function encodeTuple(calls: Libc, local: Endpoint, remote: Endpoint): Buffer | undefined {
  const tuple = Buffer.alloc(TUPLE_BYTES);
  tuple.writeUInt16BE(local.port, 0);
  tuple.writeUInt16BE(remote.port, 2);
  const family = isIPv6(local.host) ? AF_INET6 : AF_INET;
  const isEncoded =
    calls.inet_pton(family, local.host, tuple.subarray(4, 20)) === 1 &&
    calls.inet_pton(family, remote.host, tuple.subarray(20, 36)) === 1;
  return isEncoded ? tuple : undefined;
}
