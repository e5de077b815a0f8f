import { AF_NETLINK, type Libc, SOCK_CLOEXEC, SOCK_RAW } from '../ffi/libc.ts';

const NETLINK_SOCK_DIAG = 4;
/** struct nlmsghdr (linux/netlink.h): length u32, type u16, flags u16, seq u32, port id u32. */
const HEADER_BYTES = 16;
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_REQUEST = 1;
const ANSWER_BYTES = 8_192;
const ATTRIBUTE_HEADER_BYTES = 4;

let netlinkFd: number | undefined;

/**
 * One question to the kernel about one socket (sock_diag(7)). It answers at once, within the call.
 * Returns the message after its header; undefined where there is no such socket or no such question.
 */
export function askSockDiag(calls: Libc, request: Buffer): Buffer | undefined {
  netlinkFd ??= calls.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (netlinkFd < 0) {
    netlinkFd = undefined;
    return undefined;
  }
  const message = Buffer.alloc(HEADER_BYTES + request.length);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4);
  message.writeUInt16LE(NLM_F_REQUEST, 6);
  request.copy(message, HEADER_BYTES);
  if (calls.send(netlinkFd, message, message.length, 0) < 0) return undefined;
  const answer = Buffer.alloc(ANSWER_BYTES);
  const count = Number(calls.recv(netlinkFd, answer, ANSWER_BYTES, 0));
  if (count < HEADER_BYTES || answer.readUInt16LE(4) !== SOCK_DIAG_BY_FAMILY) return undefined;
  return answer.subarray(HEADER_BYTES, Math.min(count, answer.readUInt32LE(0)));
}

/** One attribute's value in a run of struct nlattr (length u16, type u16, value, padded to 4 bytes). */
export function readAttribute(attributes: Buffer, type: number): Buffer | undefined {
  for (let at = 0; at + ATTRIBUTE_HEADER_BYTES <= attributes.length; ) {
    const length = attributes.readUInt16LE(at);
    if (length < ATTRIBUTE_HEADER_BYTES) return undefined;
    if (attributes.readUInt16LE(at + 2) === type) return attributes.subarray(at + ATTRIBUTE_HEADER_BYTES, at + length);
    at += (length + 3) & ~3;
  }
  return undefined;
}
