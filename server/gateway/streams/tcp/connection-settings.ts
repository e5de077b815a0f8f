import type { Socket } from 'node:net';
import { DATA_COST_MAX } from '../../../../protocol/credit.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { RECEIVE_BYTES } from '../../../../protocol/frame.ts';
import type { SocketOptions, Trouble } from '../../../../protocol/messages/options.ts';
import type { ByteCount } from '../../../../protocol/units.ts';

/** What stands between a socket and its target. */
export type StreamProxy = { readonly setTrouble: (trouble: Trouble) => void; readonly close: () => void };

/** The options of a connection that the gateway keeps to itself, not the kernel. */
export class ConnectionSettings {
  /** A proxy that stands before the target, until nothing is left of it. */
  proxy: StreamProxy | undefined;
  #receiveSize: ByteCount = RECEIVE_BYTES;
  #lingerZero = false;
  #resize: ((socket: Socket) => boolean) | undefined;

  /** The n of our own next recv(n). */
  get receiveSize(): ByteCount {
    return this.#receiveSize;
  }
  /** SO_LINGER {on, 0}: close(2) is a reset. */
  get lingerZero(): boolean {
    return this.#lingerZero;
  }
  /** How a recv(n) that waits for bytes gets another n. */
  onResized(resize: (socket: Socket) => boolean): void {
    this.#resize = resize;
  }
  /** `socket`: once there is one. @throws {PlaygroundError} UNSUPPORTED: trouble without a proxy */
  apply({ receiveSize, lingerZero, trouble }: SocketOptions, socket: Socket | undefined): void {
    if (trouble && socket) {
      if (!this.proxy) throw new PlaygroundError('UNSUPPORTED', 'no proxy stands before this socket');
      this.proxy.setTrouble(trouble);
    }
    if (lingerZero !== undefined) this.#lingerZero = lingerZero;
    if (receiveSize !== undefined) this.resizeReads(receiveSize, socket);
  }
  /** Returns whether the next read is of this n already, not only the one after it. */
  resizeReads(size: ByteCount, socket: Socket | undefined): boolean {
    this.#receiveSize = Math.min(size, DATA_COST_MAX);
    return !socket || (this.#resize?.(socket) ?? true);
  }
}
