import type { Errno } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

/** What the operating system itself answers a socket call with. */
export const errnoErrors: Readonly<Record<Errno, ErrorText>> = {
  EPERM: {
    what: 'The system does not allow this to an ordinary program.',
    python: 'PermissionError: [Errno 1] Operation not permitted',
    tryThis:
      'Raw sockets and some options need the administrator’s rights. TCP and UDP on ports from 1024 up need none.',
  },
  ENOENT: {
    what: 'There is no socket file at that path.',
    python: 'FileNotFoundError: [Errno 2] No such file or directory',
    tryThis: 'Check the path letter by letter. The server has to bind() it first. Write the path from the root: /tmp/…',
  },
  EINTR: {
    what: 'A signal arrived while the call was waiting.',
    python: 'InterruptedError: [Errno 4] Interrupted system call',
    tryThis: 'Call it again. Python has done so by itself since version 3.5, so you will hardly ever see this error.',
  },
  EIO: {
    what: 'The system failed to read or write the bytes.',
    python: 'OSError: [Errno 5] Input/output error',
    tryThis: 'This is not your fault. Close this socket and open a new one.',
  },
  EBADF: {
    what: 'This socket was closed before the call.',
    python: 'OSError: [Errno 9] Bad file descriptor',
    tryThis: 'A closed socket cannot be used again. Open a new one and connect it.',
  },
  EAGAIN: {
    what: 'There is nothing to read, or no room to write, at this moment.',
    python: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
    tryThis:
      'A non-blocking socket raises this instead of waiting. Call it again later, or let select() tell you when.',
  },
  ENOMEM: {
    what: 'The machine that runs the gateway is out of memory.',
    python: 'OSError: [Errno 12] Cannot allocate memory',
    tryThis: 'Close sockets you no longer need, and tell your instructor.',
  },
  EACCES: {
    what: 'You are not allowed to use that address or port.',
    python: 'PermissionError: [Errno 13] Permission denied',
    tryThis:
      'On Linux ports below 1024 need the administrator’s rights. Use a higher port, or 0 to let the system choose. A broadcast needs SO_BROADCAST.',
  },
  EINVAL: {
    what: 'The call is not possible in the socket’s present state.',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: 'Check the order: bind, listen, accept for a server; connect for a client. bind() works only once.',
  },
  ENFILE: {
    what: 'The whole machine has no free descriptor left.',
    python: 'OSError: [Errno 23] Too many open files in system',
    tryThis: 'Close what you do not need and try again in a minute.',
  },
  EMFILE: {
    what: 'The gateway has no free descriptor left.',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: 'Close what you do not need. In a program, look for sockets that are opened in a loop and never closed.',
  },
  EPIPE: {
    what: 'This socket cannot send, or can no longer send.',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis:
      'On a server, send on the socket that accept() returned. After shutdown(SHUT_WR), or once the peer has closed and answered with RST, only a new connection can send.',
  },
  ENOTSOCK: {
    what: 'That descriptor is not a socket.',
    python: 'OSError: [Errno 88] Socket operation on non-socket',
    tryThis: 'The call needs a socket, but got the number of a file or a pipe.',
  },
  EDESTADDRREQ: {
    what: 'The datagram has no destination address.',
    python: 'OSError: [Errno 89] Destination address required',
    tryThis: 'Use sendto(data, address); or connect() the UDP socket once, so that send() has an address.',
  },
  EMSGSIZE: {
    what: 'The datagram is larger than UDP can carry.',
    python: 'OSError: [Errno 90] Message too long',
    tryThis:
      'Send at most 65,507 bytes, preferably fewer than 1,400. A larger datagram travels as several IP fragments: if one is lost, all is lost. macOS sends 9,216 bytes unless set otherwise.',
  },
  EPROTOTYPE: {
    what: 'The socket that listens at that path is of another type.',
    python: 'OSError: [Errno 91] Protocol wrong type for socket',
    tryThis: 'Use the type that the server uses: SOCK_STREAM or SOCK_DGRAM.',
  },
  ENOPROTOOPT: {
    what: 'This kind of socket has no such option.',
    python: 'OSError: [Errno 92] Protocol not available',
    tryThis: 'Check the level: TCP_NODELAY belongs to IPPROTO_TCP, SO_REUSEADDR to SOL_SOCKET.',
  },
  EPROTONOSUPPORT: {
    what: 'This type of socket has no such protocol.',
    python: 'OSError: [Errno 93] Protocol not supported',
    tryThis:
      'SOCK_STREAM goes with TCP, SOCK_DGRAM with UDP. Leave the protocol at 0, and the system uses the one that fits.',
  },
  ESOCKTNOSUPPORT: {
    what: 'The system does not have this type of socket in this family.',
    python: 'OSError: [Errno 94] Socket type not supported',
    tryThis:
      'Use SOCK_STREAM or SOCK_DGRAM. Over IP hardly any system has SOCK_RDM or SOCK_SEQPACKET; Linux has SOCK_SEQPACKET over AF_UNIX.',
  },
  EOPNOTSUPP: {
    what: 'This kind of socket does not have this call.',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: 'listen() and accept() are for streams. A UDP socket receives without them.',
  },
  EAFNOSUPPORT: {
    what: 'The system lacks this address family, or the address is of another one.',
    python: 'OSError: [Errno 97] Address family not supported by protocol',
    tryThis:
      'AF_INET takes an IPv4 address, AF_INET6 an IPv6 address, AF_UNIX a path. For an address of another family Python’s connect() raises socket.gaierror: [Errno -9] instead.',
  },
  EADDRINUSE: {
    what: 'Another socket holds that address and port.',
    python: 'OSError: [Errno 98] Address already in use',
    tryThis:
      'Use another port, or 0 to get a free one. Did your own server have it a moment ago? On Linux and macOS set SO_REUSEADDR before bind(); on Windows do not.',
  },
  EADDRNOTAVAIL: {
    what: 'That address does not belong to this machine.',
    python: 'OSError: [Errno 99] Cannot assign requested address',
    tryThis:
      'A server binds one of its own addresses: 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.',
  },
  ENETDOWN: {
    what: 'The network interface is down.',
    python: 'OSError: [Errno 100] Network is down',
    tryThis: 'Loopback (127.0.0.1) still works: try a lab server.',
  },
  ENETUNREACH: {
    what: 'There is no route to that network from here.',
    python: 'OSError: [Errno 101] Network is unreachable',
    tryThis: 'Check the address. This is also what a machine without IPv6 answers for an IPv6 address.',
  },
  ECONNABORTED: {
    what: 'This machine gave the connection up.',
    python: 'ConnectionAbortedError: [Errno 103] Software caused connection abort',
    tryThis:
      'On Windows: the other end has gone, or a firewall or virus scanner cut in. On BSD: the client left before accept(). Linux raises ECONNRESET in recv() instead.',
  },
  ECONNRESET: {
    what: 'The other end reset the connection (RST).',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis:
      'It closed with bytes unread, asked for a reset (SO_LINGER 0, the Reset button, Trouble), closed its listener while you waited, or was gone when your bytes came. What was on its way may be lost. Connect again; a regular close sends FIN.',
  },
  ENOBUFS: {
    what: 'The kernel has no buffer left for this.',
    python: 'OSError: [Errno 105] No buffer space available',
    tryThis: 'Send more slowly and read what has arrived.',
  },
  EISCONN: {
    what: 'This socket is already connected.',
    python: 'OSError: [Errno 106] Transport endpoint is already connected',
    tryThis: 'A socket has one connection. Make a second socket for a second connection.',
  },
  ENOTCONN: {
    what: 'This socket is not connected.',
    python: 'OSError: [Errno 107] Transport endpoint is not connected',
    tryThis:
      'connect() first. On a server, recv on the socket that accept() returned, not on the one that listens. On Linux send() raises BrokenPipeError in this case.',
  },
  ETIMEDOUT: {
    what: 'The other machine never answered.',
    python: 'TimeoutError: [Errno 110] Connection timed out',
    tryThis:
      'Check the address. A firewall that drops silently looks like this; on Linux a server whose accept queue is full does too.',
  },
  ECONNREFUSED: {
    what: 'No program listens on that port.',
    python: 'ConnectionRefusedError: [Errno 111] Connection refused',
    tryThis:
      'Check the port, and check that the server is running. Or choose one of the lab servers: they are listening now. A firewall can refuse too; on Windows a full accept queue does.',
  },
  EHOSTUNREACH: {
    what: 'There is no route to that machine.',
    python: 'OSError: [Errno 113] No route to host',
    tryThis: 'The machine is off, or the address is wrong. 127.0.0.1 is always the machine itself.',
  },
  EALREADY: {
    what: 'This socket is still connecting.',
    python: 'BlockingIOError: [Errno 114] Operation already in progress',
    tryThis: 'Wait until it is writable: select() or selectors tell you.',
  },
  EINPROGRESS: {
    what: 'The connection has begun but is not established yet.',
    python: 'BlockingIOError: [Errno 115] Operation now in progress',
    tryThis: 'This is not an error on a non-blocking socket. Wait until it is writable, then read SO_ERROR.',
  },
};
