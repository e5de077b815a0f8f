import type { TcpState } from '../../../protocol/tcp-state.ts';

/** What each state means for the one who holds the socket (RFC 9293 §3.3.2). */
const states: Readonly<Record<TcpState | 'UNCONN', string>> = {
  CLOSED: 'There is no connection.',
  LISTEN: 'Waiting for somebody to connect.',
  'SYN-SENT': 'Asked to connect; no answer yet.',
  'SYN-RECEIVED': 'Both have asked; the last confirmation is on its way.',
  ESTABLISHED: 'Open: both ends can send and receive.',
  'FIN-WAIT-1': 'You said that you are done; that has not been confirmed yet.',
  'FIN-WAIT-2': 'You are done sending. The other end may still send.',
  'CLOSE-WAIT': 'The other end is done sending. You may still send, then close.',
  CLOSING: 'Both said at once that they are done.',
  'LAST-ACK': 'Both are done; the last confirmation is on its way.',
  'TIME-WAIT': 'Over. The port is kept for a while, in case a late segment comes.',
  UNCONN: 'A datagram socket: no connection, each datagram has its own address.',
};

export const session = {
  socketState: 'Socket state',
  noSocket: 'no socket yet',
  states,
  recording: 'A recording: what is shown was saved before. Replay sends it again.',
  lastKnown: (meaning: string) => `Last known, before the gateway was out of reach: ${meaning}`,
  kept: (state: string, left: string) =>
    `The socket is closed. The kernel still keeps the connection: ${state}${left && `, ${left} left`}.`,
  queued: (bytes: string) => `${bytes} waiting to leave`,
  waitingInOwnQueue: 'Open, in the kernel’s accept queue of your listener: no program has it yet. Press Accept there.',
  waitingForAccept: 'The kernel has connected you; the server has not called accept() yet.',
  waiting: {
    label: 'Waiting for accept()',
    lead: (server: string) => `You are connected and wait your turn: ${server} serves one client at a time.`,
    place: (place: number, waiting: number) => `place ${place} at the furthest, of ${waiting} in the accept queue`,
    since: (span: string) => `for ${span} now`,
    why: 'The kernel made the connection; the server’s program takes it by accept() when the client before you has left. What you send meanwhile waits in its receive buffer.',
    elsewhere: (server: string) => `Use ${server} instead`,
  },
  listening: {
    label: 'How to connect to it',
    fromTerminal: 'It waits for clients. From a terminal of this machine:',
    copy: 'Copy',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow it.',
    fromHere: 'Connect a client from here',
  },
  proxied: (proxy: string) => `troubled proxy ${proxy}`,
  proxiedHint:
    'Your socket is connected to this proxy, and the proxy to the target: it delays, cuts and ends as you chose',
  halfClose: 'Half-close',
  halfCloseHint: 'Sends FIN: you are done sending and can still receive. shutdown(SHUT_WR)',
  reset: 'Reset',
  resetHint: 'Sends RST: the connection is gone at once, for both ends',
  close: 'Close',
  closeHint: 'close(): what was sent still arrives, then FIN',
  view: 'View',
  views: {
    ladder: 'Ladder',
    table: 'Table',
    stream: 'Stream',
    boundaries: 'Boundaries',
    compare: 'Compare',
    room: 'Waiting room',
    ports: 'Ports',
  },
  python: 'Python raises',
  tryThis: 'What to try',
  detail: 'In detail',
};
