/** Terms of the field, a sentence or two each. */
export const terms = {
  descriptor: {
    name: 'descriptor',
    text: 'The small number by which a program names one of its open sockets or files: sock.fileno(). close() gives it back.',
  },
  family: {
    name: 'address family',
    text: 'The kind of address that a socket has: AF_INET is IPv4, AF_INET6 is IPv6, AF_UNIX is a path on this machine.',
  },
  byteStream: {
    name: 'byte stream',
    text: 'What TCP carries: bytes in order, with nothing between them. Where a send() ended is not recorded anywhere.',
  },
  datagram: {
    name: 'datagram',
    text: 'What UDP carries: one message with its borders. It arrives whole or not at all, perhaps in another order or twice.',
  },
  port: {
    name: 'port',
    text: 'A number from 0 to 65535 beside the address: by it a segment finds the program that it is for. All connections of a server share its port. TCP and UDP have separate ports.',
  },
  ephemeralPort: {
    name: 'ephemeral port',
    text: 'The port that the kernel picks for a socket that did not ask for one: on Linux from 32768 to 60999 unless set otherwise.',
  },
  wildcard: {
    name: 'wildcard address',
    text: '0.0.0.0 or ::, “every address of this machine”. A server bound to 127.0.0.1 can be reached from this machine alone.',
  },
  backlog: {
    name: 'backlog',
    text: 'The n of listen(n): how many finished connections may wait for accept(). Linux lets one more in: n + 1.',
  },
  acceptQueue: {
    name: 'accept queue',
    text: 'Connections that the kernel has set up and the program has not yet taken with accept(). Their bytes are buffered until then.',
  },
  handshake: {
    name: 'three-way handshake',
    text: 'SYN, SYN-ACK, ACK: the kernels tell each other the first sequence number. No program takes part in it.',
  },
  fourTuple: {
    name: 'four-tuple',
    text: 'Local address and port, remote address and port. It names one connection; a thousand clients share the server’s port.',
  },
  syn: {
    name: 'SYN',
    text: 'The segment that opens a connection. If nothing answers it, the kernel sends it again after about 1, 3, 7 … seconds.',
  },
  fin: {
    name: 'FIN',
    text: "The mark after the last byte of one direction. The other end’s recv() returns b'' once everything before it is read.",
  },
  rst: {
    name: 'RST',
    text: 'The segment that ends a connection at once, in both directions. What was under way or unread is lost.',
  },
  sendBuffer: {
    name: 'send buffer',
    text: 'Where the kernel keeps bytes of send() until the other end has acknowledged them. When it is full, send() waits.',
  },
  receiveBuffer: {
    name: 'receive buffer',
    text: 'Where the kernel keeps bytes that have arrived until recv() takes them. The room it has left is the window.',
  },
  segment: {
    name: 'segment',
    text: 'TCP’s unit on the wire: a header and some bytes. The kernel cuts and joins bytes freely; programs never see a segment.',
  },
  mss: {
    name: 'MSS',
    text: 'Maximum segment size: the most bytes of data in one segment. About 1460 on Ethernet, far more on the loopback.',
  },
  window: {
    name: 'window',
    text: 'How many more bytes the other end has room for. At 0 the sender’s kernel stops, its buffer fills, and send() waits.',
  },
  cwnd: {
    name: 'cwnd',
    text: 'Congestion window: how many segments may be on their way before an acknowledgement comes, so that the network is not flooded.',
  },
  halfClose: {
    name: 'half-close',
    text: 'One direction has ended with FIN; the other goes on: the end that called shutdown(SHUT_WR) can still receive.',
  },
  timeWait: {
    name: 'TIME-WAIT',
    text: 'The end that closed first keeps the connection’s addresses for a while (60 s on Linux), to answer a repeated FIN and until late segments have gone.',
  },
  closeWait: {
    name: 'CLOSE-WAIT',
    text: 'The other end has closed; this one has not yet. A program that forgets close() leaves sockets here for ever.',
  },
  blocking: {
    name: 'blocking',
    text: 'The call does not return until it can do its work. settimeout() and setblocking(False) change that.',
  },
};
