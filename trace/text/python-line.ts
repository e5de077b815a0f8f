import type { ByteCount } from '../../protocol/units.ts';
import type { TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';
import { callText } from './call-text.ts';

/** Names of the modules' constants, as they stand in the arguments of a call. */
const CONSTANT =
  /\b(AF_[A-Z0-9]+|SOCK_[A-Z]+|SOL_SOCKET|SO_[A-Z0-9_]+|IPPROTO_[A-Z0-9]+|TCP_[A-Z0-9]+|IPV6_[A-Z0-9]+|SHUT_[A-Z]+|MSG_PEEK)\b/g;

/** More is not a line to copy: a send is then written with its length. */
export const LINE_BYTES: ByteCount = 24;

/**
 * The line of a program that makes this call: `data = client.recv(1024)`. `bytes`: what a send was given, if they are few.
 * `kind` is the page's own socket; the peer's program is a server's.
 */
export function pythonLine(event: TraceEvent, kind: SocketKind, bytes?: Uint8Array): string {
  const { call, variant, error } = event;
  if (call === 'reset') {
    const name = nameOf(event, kind);
    return `${name}.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))\n${name}.close()`;
  }
  const { name, args } = callText(error === undefined ? event : { ...event, error: undefined }, bytes);
  if (name === '#') return `#${args}`;
  if (call === 'print') return `print${args}`;
  if (call === 'select') return `select.select([${nameOf(event, kind)}], [], [])`;
  if (call === 'getaddrinfo') return `socket.getaddrinfo${args.slice(0, -1)}, None)`;
  const written = `${name}${args.replace(CONSTANT, 'socket.$1')}`;
  if (call === 'socket') return `${nameOf(event, kind)} = socket.${written}`;
  return `${RESULT[variant ?? call] ?? ''}${nameOf(event, kind)}.${written}`;
}

/** What the result is called. */
const RESULT: Readonly<Record<string, string>> = {
  accept: 'conn, address = ',
  recv: 'data = ',
  MSG_PEEK: 'data = ',
  recvfrom: 'data, address = ',
};

function nameOf({ end, call }: TraceEvent, kind: SocketKind): string {
  if (end === 'local')
    return kind === 'listen' ? 'server' : kind === 'accepted' && call !== 'accept' ? 'conn' : OWN[kind];
  const isListener = call === 'socket' || call === 'bind' || call === 'listen' || call === 'accept' || kind === 'udp';
  if (kind === 'accepted') return 'client';
  return isListener ? 'server' : 'conn';
}
const OWN: Readonly<Record<SocketKind, string>> = {
  tcp: 'client',
  unix: 'client',
  udp: 'client',
  listen: 'server',
  accepted: 'server',
};
