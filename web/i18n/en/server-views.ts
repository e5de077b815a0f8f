import { plural } from '../format.ts';

const bytes = (count: number) => plural(count, 'byte', 'bytes');

/** The waiting room of a server, and the board of its port. */
export const serverViews = {
  none: 'Choose a TCP client or a listener: this view shows the server that it belongs to.',
  another: 'Connect another client',
  accept: 'accept()',
  others: (count: number) =>
    plural(count, 'more, from another page or closed since', 'more, from other pages or closed since'),
  room: {
    label: 'Waiting room',
    street: 'Outside: SYN-SENT',
    streetHint:
      'A client that finds no room stays here: Linux drops the SYN, and the client’s kernel sends it again. Windows answers with RST.',
    nobodyOutside: 'Nobody is waiting outside.',
    syns: (count: number) => plural(count, 'SYN sent, no answer', 'SYNs sent, no answer'),
    room: 'Accept queue: ESTABLISHED',
    chairs: (backlog: number, chairs: number) =>
      chairs > backlog
        ? `listen(${backlog}): ${chairs} places, because Linux lets one more in`
        : `listen(${backlog}): ${chairs} places (emulated)`,
    roomHint: 'The kernel has made the handshake: they are connected, and can send. No program has them yet.',
    free: 'free',
    lap: (count: number) => (count === 0 ? 'has sent nothing' : `${bytes(count)} in the receive buffer`),
    counter: 'Accepted: a program has them',
    counterHint: 'accept() takes the first one out of the queue. Nothing crosses the wire for it.',
    nobodyAccepted: 'Nobody has been accepted.',
  },
  ports: {
    label: 'Ports',
    board: (port: number) => `The sockets of port ${port}`,
    listens: 'listens, and has no connection of its own',
    notListening: 'no program listens here now',
    client: 'The client’s socket',
    server: 'The server’s socket',
    inQueue: 'in the accept queue: no program has it',
    ofProgram: (name: string) => `of ${name}`,
    outside: 'a program outside this page',
    same: (count: number, port: number) =>
      count === 0
        ? `No connection yet. Connect: the server’s socket will have port ${port} too.`
        : `${plural(count, 'socket of the server has', 'sockets of the server have')} the same port ${port}. The four numbers together tell them apart: point at one.`,
    segment: (from: string, to: string) => `A segment from ${from} to ${to} belongs to this pair alone.`,
    diary: (port: number) => `What has happened on port ${port}`,
    left: (seconds: number) => `${seconds} s left`,
    bindAgain: 'Bind and listen again:',
    withReuse: 'with SO_REUSEADDR',
    withoutReuse: 'without',
    bindHint:
      'Linux keeps the end that closed first in TIME-WAIT for 60 s. If that end was the server’s, bind() without SO_REUSEADDR fails: EADDRINUSE.',
    doors: 'Who gets in',
    loopbackDoor: '127.0.0.1 is the loopback interface: only programs on the same machine reach it.',
    anyDoor: '0.0.0.0 is every interface: other machines reach it too, unless a firewall is in between.',
  },
};
