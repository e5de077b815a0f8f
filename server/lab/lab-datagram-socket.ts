import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { toSocketErrorCode } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { PeerEvent } from '../../protocol/payloads.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Port } from '../../protocol/units.ts';
import { codeOfError } from '../net/ffi/system-error.ts';
import type { TappedConnection } from '../tap/tap.ts';
import { DatagramPeers } from './datagram-peers.ts';
import type { LabContext } from './lab-context.ts';
import { peerEvent } from './peer-event.ts';
import { pythonAddress } from './python-address.ts';

const WAITING = 'waiting for message...';

/** What one UDP server of the lab is, apart from where it listens. */
export type DatagramProgram = {
  readonly name: string;
  readonly preferredPort: Port;
  /** The n of its recvfrom(n): what is longer is cut off. */
  readonly receiveSize: ByteCount;
  readonly answer: (data: Buffer, context: LabContext) => string;
};

/** One bound UDP socket and the program's loop on it: recvfrom, sendto, print. */
export class LabDatagramSocket {
  readonly endpoint: Endpoint;
  readonly #program: DatagramProgram;
  readonly #context: LabContext;
  readonly #socket: Socket;
  readonly #peers: DatagramPeers;
  readonly #forgetServer: () => void;
  #served = 0;
  #isClosed = false;

  private constructor(program: DatagramProgram, context: LabContext, socket: Socket, opening: readonly PeerEvent[]) {
    this.#program = program;
    this.#context = context;
    this.#socket = socket;
    const { address, port } = socket.address();
    this.endpoint = { host: address, port };
    this.#peers = new DatagramPeers(context.tap, this.endpoint);
    context.print(program.name, WAITING);
    const printed = peerEvent(context.clock.nowMicros(), 'print', { text: WAITING });
    const preamble = [...opening, printed];
    this.#forgetServer = context.tap.addServer('udp', this.endpoint, { name: program.name, preamble });
    socket.on('message', (data, from) => this.#receive(data, from));
    // An answer that nobody took (ECONNREFUSED by ICMP) concerns no other client.
    socket.on('error', () => undefined);
  }

  /** @throws {Error} `code` EADDRINUSE, EADDRNOTAVAIL … */
  static async open(program: DatagramProgram, context: LabContext, at: Endpoint): Promise<LabDatagramSocket> {
    const { clock } = context;
    const socket = isIPv6(at.host) ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
    const family = isIPv6(at.host) ? 'AF_INET6' : 'AF_INET';
    const created = peerEvent(clock.nowMicros(), 'socket', { text: `${family}, SOCK_DGRAM` });
    socket.bind({ address: at.host, port: at.port, exclusive: true });
    await once(socket, 'listening').catch((error: unknown) => {
      socket.close();
      throw error;
    });
    const { address, port } = socket.address();
    const bound = peerEvent(clock.nowMicros(), 'bind', { text: formatEndpoint(address, port) });
    return new LabDatagramSocket(program, context, socket, [created, bound]);
  }

  /** Datagrams answered. */
  get served(): number {
    return this.#served;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forgetServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.close(resolve);
    await promise;
  }

  #receive(data: Buffer, from: RemoteInfo): void {
    const peer: Endpoint = { host: from.address, port: from.port };
    this.#peers.withRoom(peer, (tapped) => this.#serve(data, peer, tapped));
  }

  #serve(data: Buffer, peer: Endpoint, tapped: TappedConnection): void {
    if (this.#isClosed) return;
    const { clock } = this.#context;
    const report = (call: PeerEvent['call'], told: Parameters<typeof peerEvent>[2]) =>
      tapped.report(peerEvent(clock.nowMicros(), call, told));
    const text = formatEndpoint(peer.host, peer.port);
    const size = tapped.receiveSize ?? this.#program.receiveSize;
    const received = data.subarray(0, size);
    report('recvfrom', { argument: size, count: received.length, text });
    const answer = Buffer.from(this.#program.answer(received, this.#context));
    this.#socket.send(answer, peer.port, peer.host, (error) => {
      if (error) {
        report('sendto', { text, error: toSocketErrorCode(codeOfError(error)) });
        return;
      }
      this.#served += 1;
      report('sendto', { count: answer.length, text });
      const line = `...received from and returned to: ${pythonAddress(peer)}`;
      this.#context.print(this.#program.name, line);
      report('print', { text: line });
    });
  }
}
