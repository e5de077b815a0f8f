import type { Asker } from '../../dial/policy.ts';

/** One bind(2) of a learner's that has returned. */
export type BindClaim = {
  readonly transport: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** `::` with IPV6_V6ONLY off: IPv4 as well. */
  readonly isDual: boolean;
  /** Without SO_REUSEADDR: while it is bound the kernel lets nobody else bind the address, so nobody else listens there. */
  readonly isExclusive: boolean;
  readonly owner?: Asker;
};
export type PortClaim = {
  /** listen(2) has returned, or the socket is one for datagrams: other learners may reach it. */
  readonly listen: () => void;
  /** Before close(2): the port may be anybody's next. */
  readonly release: () => void;
};

/**
 * Where learners may bind, and where they are bound (decision 016). A port is ours, and so may be dialled, only while a
 * learner's socket listens there.
 */
export type ListenPolicy = {
  readonly add: (bind: BindClaim) => PortClaim;
  /** May this learner reach a socket that listens there? A listener is for its own room. */
  readonly isListening: (transport: 'tcp' | 'udp', address: string, port: number, asker?: Asker) => boolean;
  readonly isBound: (transport: 'tcp' | 'udp', address: string, port: number) => boolean;
  /** Bound by a socket that does not listen, and closed to everybody else. */
  readonly isKept: (transport: 'tcp' | 'udp', address: string, port: number) => boolean;
  /** Which ports may be listened on, and whether beyond loopback. */
  readonly mayListen: (host: string, port: number) => boolean;
  /** A port in the permitted range to try when any will do. */
  readonly candidatePort: () => number;
};
