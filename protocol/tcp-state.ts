export const TCP_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;
export type TcpState = (typeof TCP_STATES)[number];

export type TcpEvent =
  | 'passive OPEN'
  | 'active OPEN'
  | 'rcv SYN'
  | 'rcv SYN-ACK'
  | 'rcv ACK of SYN'
  | 'CLOSE'
  | 'rcv FIN'
  | 'rcv ACK of FIN'
  | 'rcv RST'
  | 'timeout';

/**
 * RFC 9293 §3.3.2, Figure 5: one row per state, spelled as the RFC spells it. Its note 1 (a reset takes SYN-RECEIVED back to
 * LISTEN) does not apply: here, as with BSD sockets, the listening socket is another one and never leaves LISTEN.
 */
const TRANSITIONS: Record<TcpState, Partial<Record<TcpEvent, TcpState>>> = {
  CLOSED: { 'passive OPEN': 'LISTEN', 'active OPEN': 'SYN-SENT' },
  LISTEN: { 'rcv SYN': 'SYN-RECEIVED', 'active OPEN': 'SYN-SENT', CLOSE: 'CLOSED' },
  'SYN-SENT': {
    'rcv SYN': 'SYN-RECEIVED',
    'rcv SYN-ACK': 'ESTABLISHED',
    'rcv RST': 'CLOSED',
    CLOSE: 'CLOSED',
    timeout: 'CLOSED',
  },
  'SYN-RECEIVED': { 'rcv ACK of SYN': 'ESTABLISHED', CLOSE: 'FIN-WAIT-1', 'rcv RST': 'CLOSED' },
  ESTABLISHED: { CLOSE: 'FIN-WAIT-1', 'rcv FIN': 'CLOSE-WAIT', 'rcv RST': 'CLOSED' },
  'FIN-WAIT-1': { 'rcv ACK of FIN': 'FIN-WAIT-2', 'rcv FIN': 'CLOSING', 'rcv RST': 'CLOSED' },
  'FIN-WAIT-2': { 'rcv FIN': 'TIME-WAIT', 'rcv RST': 'CLOSED' },
  'CLOSE-WAIT': { CLOSE: 'LAST-ACK', 'rcv RST': 'CLOSED' },
  CLOSING: { 'rcv ACK of FIN': 'TIME-WAIT', 'rcv RST': 'CLOSED' },
  'LAST-ACK': { 'rcv ACK of FIN': 'CLOSED', 'rcv RST': 'CLOSED' },
  'TIME-WAIT': { timeout: 'CLOSED', 'rcv RST': 'CLOSED' },
};

/** Total and pure: an event the state does not take leaves it unchanged. */
export function nextTcpState(state: TcpState, event: TcpEvent): TcpState {
  return TRANSITIONS[state][event] ?? state;
}
