import { pythonBytesRepr } from '../../protocol/python-repr.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import type { TraceEvent } from '../event.ts';
import { previewText } from './preview.ts';

/** A call as a Python programmer writes it, in its parts: `send` `(b'hello')` `12`. */
export type CallText = { readonly name: string; readonly args: string; readonly result: string };

/** More of an argument than this is cut: it is a line to glance at. */
export const REPR_BYTES: ByteCount = 24;

/** What a send that failed was given. */
const UNTOLD = '…';

/**
 * How Python writes this call. `bytes` are the first bytes that it moved, REPR_BYTES at the least where there are so many;
 * without them a send says how many it was given.
 */
export function callText(event: TraceEvent, bytes?: Uint8Array): CallText {
  const { call, argument, text, error, variant } = event;
  const count = event.given ?? event.count;
  // sendall returns None.
  const result = error ?? (variant === 'sendall' ? '' : resultOf(event));
  const what = error !== undefined && event.given === undefined ? UNTOLD : given(count, bytes);
  switch (call) {
    case 'listen':
      return { name: call, args: `(${argument ?? ''})`, result };
    case 'bind':
    case 'connect':
      return { name: call, args: `(${pythonAddress(text)})`, result };
    case 'send':
      return { name: variant === 'sendall' ? variant : call, args: `(${what})`, result };
    case 'sendto':
      return { name: call, args: `(${what}, ${pythonAddress(text)})`, result };
    case 'recv':
    case 'recvfrom':
      return { name: call, args: `(${argument ?? ''}${variant === 'MSG_PEEK' ? ', MSG_PEEK' : ''})`, result };
    case 'shutdown':
      return { name: call, args: `(${text || shutdownHow(argument)})`, result };
    case 'reset':
      if (variant === 'implicit') return { name: 'RST', args: '', result: '' }; // of a kernel, by no call
      return { name: 'close', args: '()', result: error ?? 'RST' };
    case 'print':
      return { name: call, args: `(${pythonString(text)})`, result };
    case 'socket':
      return { name: call, args: `(${text})`, result };
    case 'setsockopt':
      return { ...optionCall(text), result };
    case 'getaddrinfo': {
      const [host = '', ...addresses] = text.split(' ');
      return { name: call, args: `(${pythonString(host)})`, result: error ?? addresses.join(' ') };
    }
    default:
      return { name: call, args: '()', result };
  }
}

/** The parts in one line: `recv(1024) → 41 B`. */
export function formatCall({ name, args, result }: CallText): string {
  return result === '' ? `${name}${args}` : `${name}${args} → ${result}`;
}

/** `SO_REUSEADDR 0` as `(SOL_SOCKET, SO_REUSEADDR, 0)`. What is no option of a kernel's is a comment: `# receiveSize 4`. */
function optionCall(text: string): Omit<CallText, 'result'> {
  if (/^(receiveSize|readByHand|peerReceiveSize|trouble) /.test(text)) return { name: '#', args: ` ${text}` };
  const [, option, value] = /^((?:SO|TCP|IPV6)_[A-Z0-9_]+) ([0-9 ]+)$/.exec(text) ?? [];
  if (option === undefined || value === undefined) return { name: 'setsockopt', args: `(${text})` };
  const level = option.startsWith('SO_') ? 'SOL_SOCKET' : option.startsWith('TCP_') ? 'IPPROTO_TCP' : 'IPPROTO_IPV6';
  const packed = value.includes(' ') ? `struct.pack('ii', ${value.replace(' ', ', ')})` : value;
  return { name: 'setsockopt', args: `(${level}, ${option}, ${packed})` };
}

function resultOf({ call, count, whole, text }: TraceEvent): string {
  if (call === 'send' || call === 'sendto') return String(count);
  if (call === 'recv') return count === 0 ? "b''" : `${count} B`;
  if (call === 'recvfrom' && whole !== undefined) return `(${count} of ${whole} B, ${returnedAddress(text)})`;
  if (call === 'recvfrom') return `(${count === 0 ? "b''" : `${count} B`}, ${returnedAddress(text)})`;
  if (call === 'select') return text;
  return call === 'accept' ? returnedAddress(text) : '';
}

function given(count: ByteCount, bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.length < Math.min(count, REPR_BYTES)) return `${count} B`;
  const repr = pythonBytesRepr(bytes.subarray(0, REPR_BYTES));
  return count > REPR_BYTES ? `${repr.slice(0, -1)}…${repr.slice(-1)}` : repr;
}

/** `127.0.0.1:8009` as `('127.0.0.1', 8009)`, `[::1]:8009` as `('::1', 8009)`, a path as `'/path'`. */
export function pythonAddress(text: string): string {
  const [, ipv6, host, port] = /^(?:\[([^\]]*)\]|([^:/]*)):([0-9]{1,5})$/.exec(text) ?? [];
  return port === undefined ? pythonString(text) : `(${pythonString(ipv6 ?? host ?? '')}, ${port})`;
}

/** As accept() and recvfrom() return it: of IPv6 with flow info and scope id; an abstract Unix name, `@` for NUL, as bytes. */
function returnedAddress(text: string): string {
  if (text.startsWith('@')) return pythonBytesRepr(encodeUtf8(`\0${text.slice(1)}`));
  return pythonAddress(text).replace(/^(\('[^']*:[^']*', [0-9]+)\)$/, '$1, 0, 0)');
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + previewText(encodeUtf8(text)) + quote;
}

function shutdownHow(argument: number | undefined): string {
  return ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'][argument ?? 1] ?? String(argument);
}
