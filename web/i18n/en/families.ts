export const families = {
  button: 'Families',
  title: 'Families and types',
  about:
    'socket(family, type, protocol), called on this server’s machine just now. The protocol is 0; for SOCK_RAW over IP it is that of ping, 1 or 58.',
  families: {
    AF_INET: 'IPv4: an address such as 127.0.0.1 and a port.',
    AF_INET6: 'IPv6: an address such as ::1 and a port.',
    AF_UNIX: 'Sockets within one machine: a path in place of an address and a port.',
  },
  asking: 'Asking …',
  cannotAsk: 'The playground cannot ask this system’s C library: it uses only SOCK_STREAM and SOCK_DGRAM.',
  type: 'Type',
  works: 'works here',
  becomesDatagram: 'becomes SOCK_DGRAM',
  types: {
    SOCK_STREAM:
      'A stream of bytes without message borders, in order; what is lost is sent again, or the connection fails: TCP.',
    SOCK_DGRAM: 'Datagrams: each by itself; it may be lost, doubled or overtaken: UDP.',
    SOCK_RAW:
      'IP packets without TCP or UDP (IPv4 gives you the header too); for ping and routing programs; it needs CAP_NET_RAW. Over AF_UNIX Linux makes it SOCK_DGRAM.',
    SOCK_RDM:
      'Datagrams that are not lost, but may arrive in another order. This is not UDP: Linux has no such protocol over IP.',
    SOCK_SEQPACKET: 'A connection that keeps message borders; on Linux over AF_UNIX, and over IP only with SCTP.',
  },
  seqpacket: 'SOCK_SEQPACKET over AF_UNIX, for real',
  seqpacketHint:
    'Both messages are sent before the first recv(): a stream would join them. Here each recv(n) returns one message, and what does not fit is lost.',
  firstMessage: 'First message',
  secondMessage: 'Second message',
  receiveSize: 'recv(n)',
  send: 'Send both',
  lost: (bytes: number) => `${bytes} B lost`,
};
