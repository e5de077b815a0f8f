import type { SocketTrace } from '../../trace/socket-trace.ts';

export type SocketTone = 'good' | 'wait' | 'bad' | 'off';
type Viewed = Pick<SocketTrace, 'kind' | 'lab' | 'state' | 'failure' | 'isAcceptedByPeer'>;

/** How a socket stands, at a glance. */
export function socketTone(record: Viewed): SocketTone {
  if (record.failure) return 'bad';
  if (record.state === 'CLOSED') return 'off';
  const isReady = record.state === 'ESTABLISHED' || record.state === 'LISTEN' || record.state === 'UNCONN';
  return isReady && !isWaitingForAccept(record) ? 'good' : 'wait';
}

/** Connected by the kernel of the server's machine, while the server's program has not called accept(2) yet. */
export function isWaitingForAccept({ kind, lab, state, isAcceptedByPeer }: Viewed): boolean {
  return (kind === 'tcp' || kind === 'unix') && lab !== undefined && state === 'ESTABLISHED' && !isAcceptedByPeer;
}
