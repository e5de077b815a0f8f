import type { OnReadOpts, Socket } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Receive } from '../shared/receive.ts';

/** The reader's handle. It starts paused. */
export type Receiver = {
  readonly resume: () => void;
  readonly pause: () => void;
  /** `size()` has another answer now: a recv(n) that is already waiting for bytes gets it too. Returns whether it does. */
  readonly resized: () => boolean;
  /** It keeps bytes that no recv(n) has asked for yet. */
  readonly readsAhead: boolean;
};

/** Half-open is allowed, nothing has been read yet, and the socket is whoever's accepted it: it must be destroyed. */
export type Accepted = { readonly socket: Socket; readonly local: Endpoint; readonly remote: Endpoint };
export type AcceptedForReceive = Accepted & { readonly receiver: Receiver };

/** How many connections wait to be accepted, and the backlog the system granted. One more than `max` can wait. */
export type QueueLength = { readonly waiting: number; readonly max: number };

/** A listening socket. A Unix socket has its path in `endpoint.host` and port 0. */
export type AcceptQueue = {
  /** Whose queue `pending()` tells of: the kernel's own, or one in this process behind a kernel's that is always empty. */
  readonly kind: QueueKind;
  readonly endpoint: Endpoint;
  /** The argument of listen(2). */
  readonly backlog: number;
  readonly pending: () => QueueLength;
  /** Takes the connection that waits longest, if there is one. Without `receive` the socket is a paused one of Node's. */
  readonly accept: {
    (receive: Receive): AcceptedForReceive | undefined;
    (): Accepted | undefined;
  };
  /** Runs whenever the number of those who wait has changed. Who is told should accept until there is none. */
  readonly onReady: (listener: () => void) => void;
  /** Connections that still wait are reset. */
  readonly close: () => Promise<void>;
};
export type QueueKind = 'kernel' | 'emulated';

/** Bound and no more: the address is taken, and connecting to it is refused. Ends by one of its three methods. */
export type BoundSocket = {
  readonly endpoint: Endpoint;
  /** @throws {Error} `code` EADDRINUSE */
  readonly listen: (backlog: number) => Promise<AcceptQueue>;
  /** Active open from this address, read by `onread`. @throws {Error} `code` ECONNREFUSED, ETIMEDOUT, EADDRNOTAVAIL … */
  readonly connect: (remote: Endpoint, onread?: OnReadOpts) => Promise<Accepted>;
  readonly close: () => Promise<void>;
};

export type BindOptions = {
  /** SO_REUSEADDR, on unless said otherwise: the address may have connections in TIME-WAIT. */
  readonly reuseAddress?: boolean;
  /** IPV6_V6ONLY, on unless said otherwise: `::` leaves IPv4 to others. */
  readonly ipv6Only?: boolean;
  /** Runs where socket(2) has returned, before bind(2), so that both can be given their time. */
  readonly onSocket?: () => void;
};

/** The only way listening sockets are opened, and clients of Unix sockets. Addresses are literals, or the path of a Unix socket that begins with `/`. */
export type AcceptQueues = {
  readonly kind: QueueKind;
  /** socket(2), bind(2), listen(2). @throws {Error} with `code`: EADDRINUSE, EACCES, EADDRNOTAVAIL, EINVAL … */
  readonly listen: (at: Endpoint, backlog: number, options?: BindOptions) => Promise<AcceptQueue>;
  /** socket(2), bind(2). @throws as `listen` does. */
  readonly bind: (at: Endpoint, options?: BindOptions) => Promise<BoundSocket>;
  /**
   * connect(2) to a Unix path, from an abstract name of its own where the system has such: only so can a server tell its
   * clients apart. Elsewhere `local.host` is empty. The socket is still connecting; failures are its `error` event.
   */
  readonly connectPath: (path: string, onread: OnReadOpts) => { readonly socket: Socket; readonly local: Endpoint };
  /** Looks for new connections now: whoever's own connect(2) has returned need not wait for the next look. */
  readonly kick: () => void;
};
