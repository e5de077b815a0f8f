import type { Socket } from 'node:dgram';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';

/** Whom a datagram socket is connected to: connect(2) of udp(7). */
export class DatagramPeer {
  /** As CALL connect named it. */
  #asked: Endpoint | undefined;
  /** As the kernel has it; undefined while the socket is connected to nobody's port, which the kernel is not told of. */
  #connected: Endpoint | undefined;

  /** `real`: where the datagrams go; undefined where nobody is. The last call counts. */
  async connect(socket: Socket, asked: Endpoint, real: Endpoint | undefined): Promise<void> {
    this.#disconnect(socket);
    this.#asked = asked;
    if (!real) return;
    await new Promise<void>((resolve, reject) => {
      // Node's type leaves out that the callback is given the error.
      const onConnected: (error?: Error) => void = (error) => (error ? reject(error) : resolve());
      socket.connect(real.port, real.host, onConnected);
    });
    this.#connected = real;
  }

  /** Whether the socket is connected to what was called so. */
  isAt({ host, port }: Endpoint): boolean {
    return this.#asked?.host === host && this.#asked.port === port;
  }

  /** sendto(2). A datagram for another address leaves too; Node sends it only from a socket that is connected no more. */
  async send(socket: Socket, bytes: Uint8Array, to: Endpoint): Promise<void> {
    const isToPeer = this.#connected?.host === to.host && this.#connected.port === to.port;
    if (!isToPeer) this.#disconnect(socket);
    await new Promise<void>((resolve, reject) => {
      const onSent = (error: Error | null): void => (error ? reject(error) : resolve());
      if (isToPeer) socket.send(bytes, onSent);
      else socket.send(bytes, to.port, to.host, onSent);
    });
  }

  #disconnect(socket: Socket): void {
    if (this.#connected) socket.disconnect();
    this.#connected = undefined;
  }
}
