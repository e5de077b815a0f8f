import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Opened } from '../../protocol/messages/socket.ts';
import type { DatagramState, KernelState, PeerState } from '../../protocol/messages/stats.ts';
import { nextTcpState, TCP_STATES, type TcpEvent } from '../../protocol/tcp-state.ts';
import type { Microseconds } from '../../protocol/units.ts';
import type { SocketFailure, SocketKind, SocketState } from '../socket.ts';
import type { ProgramHead } from './program-head.ts';

/** A listener's accept queue. */
export type QueueLength = { readonly waiting: number; readonly max: number };

type Ends = 'local' | 'remote' | 'proxy' | 'onward' | 'outside' | 'lab';
const NO_QUEUE: QueueLength = { waiting: 0, max: 0 };

/** How a socket stands now. */
export class SocketStatus {
  /** A program's socket is a client until it listens. */
  kind: SocketKind;
  target: Endpoint;
  state: SocketState;
  failure: SocketFailure | undefined;
  opened: Opened | undefined;
  queueKind: 'kernel' | 'emulated' | undefined;
  pending: QueueLength = NO_QUEUE;
  kernel: KernelState | undefined;
  /** The socket at the other end, where it is on the gateway's machine. */
  peerKernel: PeerState | undefined;
  /** Of a datagram socket. */
  datagramKernel: DatagramState | undefined;
  isAcceptedByPeer = false;
  isFromOutside: boolean | undefined;
  droppedDatagrams = 0;
  /** Of these: longer than the gateway carries. */
  tooLongDatagrams = 0;
  isOver = false;

  constructor(kind: SocketKind, target: Endpoint) {
    this.kind = kind;
    this.target = target;
    this.state = kind === 'udp' ? 'UNCONN' : kind === 'listen' ? 'CLOSED' : nextTcpState('CLOSED', 'active OPEN');
  }

  /** A datagram socket has no such states. */
  step(event: TcpEvent): void {
    if (this.state !== 'UNCONN') this.state = nextTcpState(this.state, event);
  }
  /** OPENED has come. */
  open(opened: Opened): void {
    this.opened = opened;
    this.queueKind = opened.queue;
    if (this.kind === 'listen') {
      this.state = nextTcpState('CLOSED', 'passive OPEN');
      this.pending = { waiting: 0, max: opened.backlog ?? 0 };
    } else this.step('rcv SYN-ACK');
  }
  /** A listener's accept() has returned it. */
  accept(at: Microseconds, local: Endpoint, remote: Endpoint): void {
    this.opened = { called: at, at, local, remote };
    this.state = 'ESTABLISHED';
  }
  /** The peer acknowledges our FIN before it sends its own, unless both crossed (RFC 9293 §3.6). */
  receiveFin(): void {
    if (this.state === 'FIN-WAIT-1') this.step('rcv ACK of FIN');
    this.step('rcv FIN');
  }
  /** What the kernel says is more than what was inferred. */
  observe(kernel: KernelState): void {
    this.kernel = kernel;
    const state = TCP_STATES.find((known) => known === kernel.state);
    if (state && !this.isOver) this.state = state;
  }
  /** Its two ends, of a socket whose opening is not told. */
  setEnds({ local, remote, proxy, onward, outside, lab }: Partial<Pick<Opened, Ends>>): void {
    if (!local) return;
    const told = {
      ...(remote && { remote }),
      ...(proxy && { proxy }),
      ...(onward && { onward }),
      ...(outside && { outside }),
      ...(lab !== undefined && { lab }),
    };
    this.opened = { called: 0, at: 0, local, ...told };
  }
  /** How a program's socket stands; `failure` with its time on the line. */
  setHead(head: ProgramHead, failure: SocketFailure | undefined): void {
    this.kind = head.kind;
    this.state = head.state;
    this.pending = head.pending ?? NO_QUEUE;
    this.setEnds(head);
    this.target = (head.kind === 'listen' ? head.local : head.remote) ?? this.target;
    this.failure = failure;
    this.isOver = head.isOver;
  }
  end(): void {
    this.isOver = true;
    this.state = 'CLOSED';
    this.pending = NO_QUEUE;
  }
}
