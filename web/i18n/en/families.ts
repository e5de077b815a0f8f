export const families = {
  button: 'Families',
  title: 'Families and types',
  about:
    'socket(family, type, protocol), called on this server’s machine just now. The protocol is 0; for SOCK_RAW over IP it is that of ping, 1 or 58.',
  families: {
    AF_INET: 'IPv4: an address such as 127.0.0.1 and a port.',
    AF_INET6: 'IPv6: an address such as ::1 and a port.',
    AF_UNIX: 'Sockets within one machine: a path in place of address and port.',
  },
  asking: 'Asking …',
  cannotAsk: 'This system’s C library cannot be asked from here: only SOCK_STREAM and SOCK_DGRAM are used.',
  type: 'Type',
  works: 'works here',
  becomesDatagram: 'becomes SOCK_DGRAM',
  types: {
    SOCK_STREAM:
      'A stream of bytes without message borders, in order; what is lost is sent again, or the connection fails: TCP.',
    SOCK_DGRAM: 'Datagrams: each by itself; it may be lost, doubled or overtaken: UDP.',
    SOCK_RAW:
      'IP packets without TCP or UDP (IPv4 gives you the header too); for ping and routing programs; it needs CAP_NET_RAW. Over AF_UNIX Linux makes it SOCK_DGRAM.',
    SOCK_RDM: 'Datagrams that are not lost and may be overtaken. This is not UDP: Linux has no such protocol over IP.',
    SOCK_SEQPACKET: 'A connection that keeps the borders of messages; on Linux over AF_UNIX, over IP by SCTP only.',
  },
  seqpacket: 'SOCK_SEQPACKET over AF_UNIX, for real',
  seqpacketHint:
    'Both messages are sent before the first recv(): a stream would join them. Here each recv(n) returns one, and of a longer one the rest is lost.',
  firstMessage: 'First message',
  secondMessage: 'Second message',
  receiveSize: 'recv(n)',
  send: 'Send both',
  lost: (bytes: number) => `${bytes} B lost`,
};
