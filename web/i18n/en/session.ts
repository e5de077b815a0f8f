import type { TcpState } from '../../../protocol/tcp-state.ts';

/** What each state means for the one who holds the socket (RFC 9293 §3.3.2). */
const states: Readonly<Record<TcpState | 'UNCONN', string>> = {
  CLOSED: 'There is no connection.',
  LISTEN: 'Listening: clients can connect.',
  'SYN-SENT': 'SYN is sent; there is no answer yet.',
  'SYN-RECEIVED': 'SYN has arrived and SYN-ACK is sent; the last ACK has not arrived yet.',
  ESTABLISHED: 'Open: both ends can send and receive.',
  'FIN-WAIT-1': 'Your FIN is sent; it is not acknowledged yet.',
  'FIN-WAIT-2': 'Your FIN is acknowledged: you have finished sending. The other end may still send.',
  'CLOSE-WAIT': 'The other end has finished sending (FIN). You may still send, then close.',
  CLOSING: 'Both ends sent FIN at the same time; yours is not acknowledged yet.',
  'LAST-ACK': 'Both ends have sent FIN; yours is not acknowledged yet.',
  'TIME-WAIT':
    'Over. The kernel keeps this pair of endpoints a minute: to answer a repeated FIN, and until late segments have gone.',
  UNCONN: 'A datagram socket: no connection, each datagram has its own address.',
};

export const session = {
  socketState: 'Socket state',
  noSocket: 'no socket yet',
  states,
  /** `day`: when it begins; empty where nothing is in it. */
  recording: (day: string) =>
    `A recording${day && ` of ${day}`}: what you see was saved earlier. Replay sends it again.`,
  lastKnown: (meaning: string) => `Last known, before the gateway was out of reach: ${meaning}`,
  kept: (state: string, left: string) =>
    `The socket is closed. The kernel still keeps the connection: ${state}${left && `, ${left} left`}.`,
  queued: (bytes: string) => `${bytes} waiting to leave`,
  waitingInOwnQueue: 'Open, in the kernel’s accept queue of your listener: no program has it yet. Press Accept there.',
  waitingForAccept: 'The kernel has connected you; the server has not called accept() yet.',
  waiting: {
    label: 'Waiting for accept()',
    lead: (server: string) => `You are connected, but you have to wait: ${server} serves one client at a time.`,
    place: (place: number, waiting: number) =>
      `place ${place} of ${waiting} in the accept queue, or nearer to its head`,
    since: (span: string) => `for ${span} now`,
    why: 'The kernel made the connection; the server’s program takes it with accept() when the client before you has left. What you send until then waits in its receive buffer.',
    elsewhere: (server: string) => `Use ${server} instead`,
  },
  listening: {
    label: 'How to connect to it',
    fromTerminal: 'Clients can connect now. From a terminal on this machine:',
    copy: 'Copy',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow it.',
    fromHere: 'Connect a client from here',
  },
  proxied: (proxy: string) => `troubled proxy ${proxy}`,
  proxiedHint:
    'Your socket is connected to this proxy, and the proxy to the target: it delays, cuts and ends the connection as you chose',
  halfClose: 'Half-close',
  halfCloseHint: 'shutdown(SHUT_WR): sends FIN. You have finished sending and can still receive',
  reset: 'Reset',
  resetHint: 'Sends RST: the connection ends at once. The other end learns of it at its next call: ECONNRESET',
  close: 'Close',
  closeHint: 'close(): what was sent goes out, then FIN. If bytes are still unread here, RST',
  reading: {
    byItself: 'Read by itself',
    byItselfHint: 'Off: no recv() is called until you press it. What arrives stays in your kernel’s receive queue',
    byItselfListenerHint: 'Off: nothing is read from the connections it accepts from now on until you press recv there',
    recvHint: 'One recv(n): at most n bytes of what is there; if nothing is there, it waits',
    waiting: (n: number) => `recv(${n}) waits for bytes`,
    picture: 'Where are the bytes?',
    pictureHint: 'How many bytes are in both programs and in both kernels',
  },
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
  /** On each card of an error that has a number. */
  numbers:
    'The numbers are Linux’s. macOS has others (111 is 61 there), Windows says [WinError 10061]. The exception’s name is the same.',
  tryThis: 'What to try',
  detail: 'In detail',
};
