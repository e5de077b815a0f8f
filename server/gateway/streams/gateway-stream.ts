import type { Frame } from '../../../protocol/frame.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { DatagramState, KernelState } from '../../../protocol/messages/stats.ts';
import type { Outbound } from './outbound.ts';

/** One socket of a session. */
export type GatewayStream = {
  readonly id: number;
  readonly kind: 'tcp' | 'udp' | 'listen' | 'bound';
  readonly outbound: Outbound;
  /** A frame of the browser's. @throws {PlaygroundError} where it breaks the protocol: the session ends. */
  readonly receive: (frame: Frame) => void;
  /** The outbound queue has room again, or events have. */
  readonly onDrain: () => void;
  /** The session is over: the peer sees a reset. */
  readonly destroy: () => void;
  /** Called each second: closes what has been idle or stuck for too long. */
  readonly sweep: (now: number) => void;
  /** It has ended, though its last frame may not have left. */
  readonly isOver?: boolean;
  /** The program at the other end, or the proxy before it, goes on, although the stream may have ended. */
  readonly isLingering?: boolean;
  /** Ends those. */
  readonly endLingering?: () => void;
  /** A connection's two ends, once it has them. */
  readonly ends?: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  /** The same of the connection to the program at the other end, which is another where a proxy stands between. */
  readonly peerEnds?: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  /** Of a datagram socket. */
  readonly datagramState?: () => Omit<DatagramState, 'stream'> | undefined;
  readonly kernelState: () => Omit<KernelState, 'stream'> | undefined;
};
