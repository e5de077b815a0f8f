export const families = {
  button: 'Families',
  title: 'Families and types',
  about: 'socket(family, type), asked of the kernel of this server just now:',
  asking: 'Asking …',
  cannotAsk: 'This system’s C library cannot be asked from here: only SOCK_STREAM and SOCK_DGRAM are used.',
  type: 'Type',
  works: 'works here',
  types: {
    SOCK_STREAM: 'A stream of bytes without borders, in order, nothing lost: TCP.',
    SOCK_DGRAM: 'Datagrams: each by itself, may be lost or overtaken: UDP.',
    SOCK_RAW: 'Packets as they are, headers included; for ping and for scanners, so it wants CAP_NET_RAW.',
    SOCK_RDM: 'Datagrams that are not lost, yet may be overtaken; a place in the table that IP never filled.',
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
