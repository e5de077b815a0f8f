import type { Errno } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

/** What the operating system itself answers a socket call with. */
export const errnoErrors: Readonly<Record<Errno, ErrorText>> = {
  EPERM: {
    what: 'The system does not allow this to an ordinary program.',
    python: 'PermissionError: [Errno 1] Operation not permitted',
    tryThis: 'Raw sockets and some options are kept for the administrator. Everything with TCP and UDP works without.',
  },
  ENOENT: {
    what: 'There is no socket file at that path.',
    python: 'FileNotFoundError: [Errno 2] No such file or directory',
    tryThis:
      'Check the path letter by letter. The server has to bind it first, and a path counts from the root: /tmp/…',
  },
  EINTR: {
    what: 'A signal arrived while the call was waiting.',
    python: 'InterruptedError: [Errno 4] Interrupted system call',
    tryThis: 'Just call again. Python does so by itself since 3.5, so you will hardly ever see it there.',
  },
  EIO: {
    what: 'The machine failed to move the bytes.',
    python: 'OSError: [Errno 5] Input/output error',
    tryThis: 'Not your doing. Close this socket and open a new one.',
  },
  EBADF: {
    what: 'This socket was closed before the call.',
    python: 'OSError: [Errno 9] Bad file descriptor',
    tryThis: 'A closed socket cannot be used again. Open a new one and connect it.',
  },
  EAGAIN: {
    what: 'Nothing to read, or no room to write, at this moment.',
    python: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
    tryThis: 'A non-blocking socket says this instead of waiting. Ask again later, or let select() tell you when.',
  },
  ENOMEM: {
    what: 'The machine that runs the gateway is out of memory.',
    python: 'OSError: [Errno 12] Cannot allocate memory',
    tryThis: 'Close sockets you no longer need, and tell your instructor.',
  },
  EACCES: {
    what: 'You may not use that address or port.',
    python: 'PermissionError: [Errno 13] Permission denied',
    tryThis: 'Ports below 1024 belong to the administrator. Take one above, or 0 and let the system choose.',
  },
  EINVAL: {
    what: 'The call makes no sense for this socket as it stands.',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: 'Check the order: bind, listen, accept for a server; connect for a client. bind() works only once.',
  },
  ENFILE: {
    what: 'The whole machine has no socket left to give.',
    python: 'OSError: [Errno 23] Too many open files in system',
    tryThis: 'Close what you do not need and try again in a minute.',
  },
  EMFILE: {
    what: 'The gateway has no socket left to give.',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: 'Close what you do not need. In a program, look for sockets that are opened in a loop and never closed.',
  },
  EPIPE: {
    what: 'You sent on a connection that can no longer send.',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis: 'After shutdown(SHUT_WR), or once the peer has reset, only a new connection can send.',
  },
  ENOTSOCK: {
    what: 'That descriptor is not a socket.',
    python: 'OSError: [Errno 88] Socket operation on non-socket',
    tryThis: 'A file or pipe number was passed where a socket was wanted.',
  },
  EDESTADDRREQ: {
    what: 'The datagram has no address to go to.',
    python: 'OSError: [Errno 89] Destination address required',
    tryThis: 'Use sendto(data, address), or connect() the UDP socket once so that send() knows where to.',
  },
  EMSGSIZE: {
    what: 'The datagram is larger than UDP can carry.',
    python: 'OSError: [Errno 90] Message too long',
    tryThis: 'Send 65,507 bytes at the most, and better below 1,400: larger ones are cut up on their way.',
  },
  EPROTOTYPE: {
    what: 'The protocol does not fit the type of socket.',
    python: 'OSError: [Errno 91] Protocol wrong type for socket',
    tryThis: 'SOCK_STREAM goes with TCP, SOCK_DGRAM with UDP. Leave the protocol at 0 and it is chosen for you.',
  },
  ENOPROTOOPT: {
    what: 'This kind of socket has no such option.',
    python: 'OSError: [Errno 92] Protocol not available',
    tryThis: 'Check the level: TCP_NODELAY belongs to IPPROTO_TCP, SO_REUSEADDR to SOL_SOCKET.',
  },
  EPROTONOSUPPORT: {
    what: 'The system does not know this protocol.',
    python: 'OSError: [Errno 93] Protocol not supported',
    tryThis:
      'Use TCP or UDP. SOCK_RDM and SOCK_SEQPACKET exist in the tables, yet hardly any system offers them over IP.',
  },
  ESOCKTNOSUPPORT: {
    what: 'The system does not know this type of socket.',
    python: 'OSError: [Errno 94] Socket type not supported',
    tryThis: 'Use SOCK_STREAM or SOCK_DGRAM; SOCK_SEQPACKET works over AF_UNIX on Linux.',
  },
  EOPNOTSUPP: {
    what: 'This kind of socket cannot do that.',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: 'listen() and accept() are for streams: a UDP socket simply receives.',
  },
  EAFNOSUPPORT: {
    what: 'The address is of another family than the socket.',
    python: 'OSError: [Errno 97] Address family not supported by protocol',
    tryThis: 'An IPv4 address wants AF_INET, an IPv6 address AF_INET6, a path AF_UNIX.',
  },
  EADDRINUSE: {
    what: 'Another socket already holds that port.',
    python: 'OSError: [Errno 98] Address already in use',
    tryThis:
      'Take another port, or 0 to be given a free one. If it was your own server a moment ago: set SO_REUSEADDR before bind().',
  },
  EADDRNOTAVAIL: {
    what: 'That address does not belong to this machine.',
    python: 'OSError: [Errno 99] Cannot assign requested address',
    tryThis: 'A server binds one of its own addresses: 127.0.0.1 for this machine alone, 0.0.0.0 for all of them.',
  },
  ENETDOWN: {
    what: 'The network interface is down.',
    python: 'OSError: [Errno 100] Network is down',
    tryThis: 'Loopback (127.0.0.1) still works: try a lab server.',
  },
  ENETUNREACH: {
    what: 'There is no road to that network from here.',
    python: 'OSError: [Errno 101] Network is unreachable',
    tryThis: 'Check the address. An IPv6 address on a machine with IPv4 alone ends like this.',
  },
  ECONNABORTED: {
    what: 'The connection was dropped before it was accepted.',
    python: 'ConnectionAbortedError: [Errno 103] Software caused connection abort',
    tryThis: 'The client left while it waited in the queue. Call accept() again for the next one.',
  },
  ECONNRESET: {
    what: 'The other end cut the connection (RST).',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis:
      'Its program ended, or closed with unread bytes. What was on its way may be lost. Connect again; a polite end is a FIN.',
  },
  ENOBUFS: {
    what: 'The kernel has no buffer left for this.',
    python: 'OSError: [Errno 105] No buffer space available',
    tryThis: 'Send more slowly and read what has arrived.',
  },
  EISCONN: {
    what: 'This socket is connected already.',
    python: 'OSError: [Errno 106] Transport endpoint is already connected',
    tryThis: 'One socket, one connection. Make a second socket for a second connection.',
  },
  ENOTCONN: {
    what: 'This socket is not connected.',
    python: 'OSError: [Errno 107] Transport endpoint is not connected',
    tryThis: 'connect() first. On a server, send on the socket that accept() gave you, not on the one that listens.',
  },
  ETIMEDOUT: {
    what: 'The other machine never answered.',
    python: 'TimeoutError: [Errno 110] Connection timed out',
    tryThis:
      'Check the address. A firewall that drops silently looks like this, and so does a server whose queue is full.',
  },
  ECONNREFUSED: {
    what: 'Nobody listens on that port.',
    python: 'ConnectionRefusedError: [Errno 111] Connection refused',
    tryThis: 'Check the port, and that the server runs. Or choose one of the lab servers: they are listening now.',
  },
  EHOSTUNREACH: {
    what: 'There is no road to that machine.',
    python: 'OSError: [Errno 113] No route to host',
    tryThis: 'The machine is off, or the address is wrong. 127.0.0.1 is always this very machine.',
  },
  EALREADY: {
    what: 'This socket is still busy connecting.',
    python: 'BlockingIOError: [Errno 114] Operation already in progress',
    tryThis: 'Wait until it can be written to: select() or selectors will tell you.',
  },
  EINPROGRESS: {
    what: 'The connection has begun and is not there yet.',
    python: 'BlockingIOError: [Errno 115] Operation now in progress',
    tryThis: 'Not an error on a non-blocking socket. Wait until it can be written to, then ask for SO_ERROR.',
  },
};
