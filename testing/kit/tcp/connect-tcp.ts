import { once } from 'node:events';
import { connect } from 'node:net';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Port } from '../../../protocol/units.ts';
import { type PeerOptions, TcpPeer } from './tcp-peer.ts';

export type ConnectOptions = PeerOptions & {
  /** The local address to bind first. */
  readonly localAddress?: string;
};

/** A port is one of 127.0.0.1. */
export function endpointOf(to: Port | Endpoint): Endpoint {
  return typeof to === 'number' ? { host: '127.0.0.1', port: to } : to;
}

/** A client's end of a connection. @throws {Error} the system's: ECONNREFUSED and others */
export async function connectTcp(to: Port | Endpoint, options: ConnectOptions = {}): Promise<TcpPeer> {
  const { host, port } = endpointOf(to);
  const { localAddress } = options;
  const socket = connect({ host, port, allowHalfOpen: true, ...(localAddress === undefined ? {} : { localAddress }) });
  await once(socket, 'connect');
  return new TcpPeer(socket, 'tcp', options);
}
