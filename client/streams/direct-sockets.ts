/** `socket-playground/direct-sockets`: what WICG's Direct Sockets name, over a gateway: programs written for it run in any browser. */
import type { Port } from '../../protocol/units.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayDatagram, GatewayDatagrams } from './gateway-datagrams.ts';
import type { GatewayListener } from './gateway-listener.ts';
import type { GatewaySocket, SocketInfo } from './gateway-socket.ts';

export type TCPSocketOpenInfo = SocketInfo & {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
};
export type TCPServerSocketOpenInfo = {
  readonly readable: ReadableStream<TCPSocket>;
  readonly localAddress: string;
  readonly localPort: Port;
};
export type UDPMessage = { readonly data: Uint8Array; readonly remoteAddress?: string; readonly remotePort?: Port };
export type UDPSocketOpenInfo = {
  readonly readable: ReadableStream<UDPMessage>;
  readonly writable: WritableStream<UDPMessage>;
  readonly localAddress: string;
  readonly localPort: Port;
};
export type UDPSocketOptions =
  | { readonly remoteAddress: string; readonly remotePort: Port }
  | { readonly localAddress: string; readonly localPort?: Port };

/** A connection, as `new TCPSocket(address, port)` opens one. */
export class TCPSocket {
  readonly opened: Promise<TCPSocketOpenInfo>;
  readonly closed: Promise<void>;
  readonly #socket: GatewaySocket;

  /** @internal */
  constructor(socket: GatewaySocket) {
    this.#socket = socket;
    const { readable, writable } = socket;
    this.opened = socket.opened.then((info) => ({ ...info, readable, writable }));
    this.closed = socket.closed;
    this.opened.catch(() => undefined);
  }
  async close(): Promise<void> {
    await this.#socket.close();
  }
}

export class TCPServerSocket {
  readonly opened: Promise<TCPServerSocketOpenInfo>;
  readonly #listener: Promise<GatewayListener>;

  /** @internal */
  constructor(listener: Promise<GatewayListener>) {
    this.#listener = listener;
    this.opened = listener.then(({ local, connections }) => ({
      readable: connections.pipeThrough(mapped((socket: GatewaySocket) => new TCPSocket(socket))),
      localAddress: local.host,
      localPort: local.port,
    }));
    this.opened.catch(() => undefined);
  }
  async close(): Promise<void> {
    await (await this.#listener).close();
  }
}

export class UDPSocket {
  readonly opened: Promise<UDPSocketOpenInfo>;
  readonly #datagrams: Promise<GatewayDatagrams>;

  /** @internal */
  constructor(datagrams: Promise<GatewayDatagrams>, options: UDPSocketOptions) {
    this.#datagrams = datagrams;
    const peer = 'remoteAddress' in options ? options : undefined;
    this.opened = datagrams.then(({ local, readable, writable }) => {
      const out = mapped((message: UDPMessage): GatewayDatagram => toDatagram(message, peer));
      out.readable.pipeTo(writable).catch(() => undefined);
      const into = mapped(
        ({ bytes, host, port }: GatewayDatagram): UDPMessage =>
          peer ? { data: bytes } : { data: bytes, remoteAddress: host, remotePort: port },
      );
      return {
        readable: readable.pipeThrough(into),
        writable: out.writable,
        localAddress: local.host,
        localPort: local.port,
      };
    });
    this.opened.catch(() => undefined);
  }
  async close(): Promise<void> {
    await (await this.#datagrams).close();
  }
}

export type DirectSockets = {
  readonly TCPSocket: new (remoteAddress: string, remotePort: Port) => TCPSocket;
  readonly TCPServerSocket: new (localAddress: string, options?: ServerOptions) => TCPServerSocket;
  readonly UDPSocket: new (options: UDPSocketOptions) => UDPSocket;
};
type ServerOptions = { readonly localPort?: Port; readonly backlog?: number };

/** The three, with this gateway's machine as where they are: `const { TCPSocket } = directSockets(gateway)`. */
export function directSockets(gateway: Gateway): DirectSockets {
  return {
    TCPSocket: class extends TCPSocket {
      constructor(remoteAddress: string, remotePort: Port) {
        super(gateway.connect({ host: remoteAddress, port: remotePort }));
      }
    },
    TCPServerSocket: class extends TCPServerSocket {
      constructor(localAddress: string, { localPort = 0, backlog }: ServerOptions = {}) {
        super(gateway.listen({ host: localAddress, port: localPort, ...(backlog === undefined ? {} : { backlog }) }));
      }
    },
    UDPSocket: class extends UDPSocket {
      constructor(options: UDPSocketOptions) {
        const local = 'localAddress' in options ? { host: options.localAddress, port: options.localPort ?? 0 } : {};
        super(gateway.bind(local), options);
      }
    },
  };
}

function toDatagram(
  { data, remoteAddress, remotePort }: UDPMessage,
  peer: { readonly remoteAddress: string; readonly remotePort: Port } | undefined,
): GatewayDatagram {
  const host = peer?.remoteAddress ?? remoteAddress;
  const port = peer?.remotePort ?? remotePort;
  if (host === undefined || port === undefined) throw new TypeError('remoteAddress and remotePort say where to');
  return { bytes: data, host, port };
}
function mapped<From, To>(change: (from: From) => To): TransformStream<From, To> {
  return new TransformStream<From, To>({ transform: (one, controller) => controller.enqueue(change(one)) });
}
