import { terms } from './terms.ts';

/** What may be raised, and when. */
type Raise = { readonly raises: string; readonly when: string };
type Term = keyof typeof terms;
type CallCard = {
  readonly lead: string;
  readonly does: string;
  readonly kernel: string;
  /** At the other end. */
  readonly other: string;
  readonly raises: readonly Raise[];
  /** What it is not, or what is often taken for it. */
  readonly aside: string;
  readonly terms: readonly Term[];
};

const TOO_MANY = { raises: 'OSError: [Errno 24] Too many open files', when: 'the program has no descriptor left' };
const RESET = {
  raises: 'ConnectionResetError: [Errno 104] Connection reset by peer',
  when: 'a RST has come from the other end',
};
const WOULD_BLOCK = {
  raises: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
  when: 'it would have to wait, and setblocking(False) forbids that',
};
const TIMED_OUT = { raises: 'TimeoutError: timed out', when: 'settimeout() has set how long it may wait' };
const BAD_DESCRIPTOR = {
  raises: 'OSError: [Errno 9] Bad file descriptor',
  when: 'the socket has been closed in this program',
};

const cards = {
  socket: {
    lead: 'A socket, and nothing on the wire yet.',
    does: 'Asks the kernel for a socket of this family and type. It has no address and no peer.',
    kernel: 'makes the socket and gives the program the lowest free descriptor',
    other: 'nothing: there is no other end yet',
    raises: [
      TOO_MANY,
      { raises: 'PermissionError: [Errno 1] Operation not permitted', when: 'SOCK_RAW, without the privilege for it' },
    ],
    aside: 'A socket is not a port. The port is part of its address, and that comes with bind() or connect().',
    terms: ['descriptor', 'family', 'byteStream', 'datagram'],
  },
  bind: {
    lead: 'The socket takes this address and port.',
    does: 'Gives the socket its local address. With port 0 the kernel picks a free one.',
    kernel: 'checks that no other socket of this protocol holds the address and port, and reserves them',
    other: 'nothing: no segment leaves',
    raises: [
      { raises: 'OSError: [Errno 98] Address already in use', when: 'another socket holds the address and port' },
      {
        raises: 'PermissionError: [Errno 13] Permission denied',
        when: 'a port below 1024, without the privilege for it',
      },
      {
        raises: 'OSError: [Errno 99] Cannot assign requested address',
        when: 'the address does not belong to this machine',
      },
    ],
    aside: 'A client seldom calls bind(): connect() and sendto() give it an ephemeral port.',
    terms: ['port', 'ephemeralPort', 'wildcard'],
  },
  listen: {
    lead: 'From now on the kernel answers each SYN.',
    does: 'Makes it a listening socket. It will never carry a byte itself: accept() returns sockets that do.',
    kernel:
      'makes each handshake by itself, and keeps the finished connections in the accept queue, at most n + 1 on Linux',
    other: 'connect() returns as soon as the handshake is done, even while no program calls accept()',
    raises: [
      { raises: 'OSError: [Errno 95] Operation not supported', when: 'it is a datagram socket' },
      { raises: 'OSError: [Errno 98] Address already in use', when: 'another socket listens on this address and port' },
    ],
    aside: 'listen(5) does not mean five clients. It says how many may wait for accept() at one time.',
    terms: ['backlog', 'acceptQueue', 'syn', 'handshake'],
  },
  accept: {
    lead: 'Takes a connection that is already there.',
    does: 'Takes the first connection out of the accept queue and returns a new socket for it. It waits while the queue is empty.',
    kernel:
      'sends no segment: it has already made the handshake. The new socket has the listener’s port and a descriptor of its own',
    other: 'nothing: it has been connected since its connect() returned, and may already have sent bytes',
    raises: [
      TOO_MANY,
      WOULD_BLOCK,
      { raises: 'OSError: [Errno 22] Invalid argument', when: 'listen() was not called' },
    ],
    aside:
      'accept() does not make the connection. A client in the queue is already connected; it just has not been served yet.',
    terms: ['acceptQueue', 'handshake', 'fourTuple', 'descriptor'],
  },
  connect: {
    lead: 'Three segments: SYN, SYN-ACK, ACK.',
    does: 'Opens the connection and waits until the other end’s kernel has answered.',
    kernel:
      'picks an ephemeral port if the socket has none, sends SYN (again if no answer comes), and answers SYN-ACK with ACK',
    other: 'its kernel answers by itself; the connection then waits in the accept queue for accept()',
    raises: [
      {
        raises: 'ConnectionRefusedError: [Errno 111] Connection refused',
        when: 'no socket listens there: a RST answers the SYN',
      },
      { raises: 'TimeoutError: [Errno 110] Connection timed out', when: 'nothing answers at all' },
      { raises: 'OSError: [Errno 113] No route to host', when: 'the network says that it cannot reach the machine' },
    ],
    aside: 'When connect() returns, a kernel has answered. That does not mean that a program has accepted.',
    terms: ['syn', 'handshake', 'ephemeralPort', 'acceptQueue', 'rst'],
  },
  connectUnix: {
    lead: 'The same call, but with no network under it.',
    does: 'Connects to the socket that listens at this path.',
    kernel: 'puts the connection into the listener’s accept queue: no SYN, no ports, no segments',
    other: 'accept() returns it, with an empty address if the client has no path',
    raises: [
      { raises: 'FileNotFoundError: [Errno 2] No such file or directory', when: 'there is nothing at that path' },
      {
        raises: 'ConnectionRefusedError: [Errno 111] Connection refused',
        when: 'the path is there, but no program listens',
      },
    ],
    aside: 'When the accept queue is full, connect() on a Unix socket waits in the call itself.',
    terms: ['family', 'acceptQueue'],
  },
  connectUdp: {
    lead: 'No connection: only a default address.',
    does: 'Sets the address that send() uses, and lets recv() take only datagrams from it.',
    kernel: 'sends nothing',
    other: 'nothing: it gets no notice of this',
    raises: [{ raises: 'OSError: [Errno 101] Network is unreachable', when: 'there is no route to that network' }],
    aside:
      'Only a datagram socket that is connected learns that a port is closed: a later call raises ConnectionRefusedError.',
    terms: ['datagram', 'ephemeralPort'],
  },
  send: {
    lead: 'When it returns, your kernel has the bytes. That is all it tells you.',
    does: 'Copies bytes into the send buffer and returns how many it took. That may be fewer than you gave it: sendall() goes on with the rest.',
    kernel: 'cuts the bytes into segments as MSS and window allow, and keeps each until it is acknowledged',
    other: 'recv(n) returns what has arrived, n bytes at most: where your send() ended is not kept',
    raises: [
      {
        raises: 'BrokenPipeError: [Errno 32] Broken pipe',
        when: 'shutdown(SHUT_WR) was called, or the connection was reset, before this call',
      },
      RESET,
      WOULD_BLOCK,
    ],
    aside: 'When send() has returned, the bytes may not have arrived yet, let alone been read.',
    terms: ['sendBuffer', 'segment', 'mss', 'window', 'byteStream'],
  },
  recv: {
    lead: 'What has arrived, n bytes at most.',
    does: 'Returns at once with what is in the receive buffer, up to n bytes. It waits only while that is empty.',
    kernel: 'takes the bytes out of the receive buffer, which opens the window for more',
    other: 'nothing, unless it waited for room: then its send() goes on',
    raises: [RESET, TIMED_OUT, WOULD_BLOCK],
    aside: 'recv(1024) does not wait for 1024 bytes, and what it returns is not “a message”: it is what was there.',
    terms: ['receiveBuffer', 'window', 'byteStream', 'blocking'],
  },
  recvPeek: {
    lead: 'A look: the bytes stay where they are.',
    does: 'Returns what the next recv() would, and leaves it in the receive buffer.',
    kernel: 'copies the bytes and takes none out',
    other: 'nothing',
    raises: [RESET, TIMED_OUT],
    aside: 'The next recv(n) may return more than you see now: more may have arrived by then.',
    terms: ['receiveBuffer', 'byteStream'],
  },
  recvEnd: {
    lead: "b'': the other direction has ended, for good.",
    does: "All bytes before the FIN have been read. Every further recv() returns b'' at once.",
    kernel: 'received the FIN, perhaps long before this call; the state has shown it since then',
    other: 'called shutdown(SHUT_WR) or close(), or its program ended',
    raises: [],
    aside:
      "b'' does not mean “nothing yet”: with nothing yet, recv() waits. A loop without “if not data: break” never ends: it runs on at full speed.",
    terms: ['fin', 'halfClose', 'closeWait', 'blocking'],
  },
  sendto: {
    lead: 'One datagram, whole or not at all.',
    does: 'Sends the bytes as one datagram to this address. An empty one is a datagram too.',
    kernel: 'sends it at once, keeps no copy, and repeats nothing',
    other: 'one recvfrom() returns it; if it is lost, neither end is told',
    raises: [
      { raises: 'OSError: [Errno 90] Message too long', when: 'more than 65,507 bytes over IPv4' },
      { raises: 'OSError: [Errno 101] Network is unreachable', when: 'there is no route to that network' },
    ],
    aside: 'The number it returns means that the datagram was sent, not that it arrived.',
    terms: ['datagram', 'ephemeralPort', 'port'],
  },
  recvfrom: {
    lead: 'One datagram, and who sent it.',
    does: 'Returns the next datagram whole, with its sender’s address. If the datagram is longer than n, the rest is lost.',
    kernel: 'keeps waiting datagrams in the receive buffer; when the buffer is full, it drops new ones',
    other: 'nothing: a datagram has no acknowledgement',
    raises: [TIMED_OUT, WOULD_BLOCK],
    aside: "Here b'' is an empty datagram, not the end of a stream: there is no stream.",
    terms: ['datagram', 'receiveBuffer', 'blocking'],
  },
  shutdown: {
    lead: '“I have sent everything that I have to send.”',
    does: 'Ends your direction. The other stays open, so you can still receive.',
    kernel: 'sends FIN after your last byte',
    other: "recv() returns b'' once everything before it is read",
    raises: [
      { raises: 'OSError: [Errno 107] Transport endpoint is not connected', when: 'there is no connection' },
      BAD_DESCRIPTOR,
    ],
    aside: 'It is not close(): the descriptor stays yours, and must still be closed.',
    terms: ['halfClose', 'fin', 'closeWait'],
  },
  close: {
    lead: 'Gives the descriptor back; the kernel does the rest.',
    does: 'Ends both directions for this program. After it, no call can be made on the socket.',
    kernel:
      'sends FIN after the bytes that still wait; if there are unread bytes in the receive buffer, it sends RST instead',
    other: "recv() returns b'' once everything before the FIN is read",
    raises: [BAD_DESCRIPTOR],
    aside: 'The end that closes first keeps TIME-WAIT. That is not a fault; it is why servers set SO_REUSEADDR.',
    terms: ['fin', 'timeWait', 'rst', 'descriptor'],
  },
  closeListener: {
    lead: 'No client can connect here any more.',
    does: 'Stops listening. Connections that accept() has returned stay open.',
    kernel: 'refuses each new SYN with RST, and resets the connections that still wait in the accept queue',
    other: 'a client in the queue gets RST; one that was accepted notices nothing',
    raises: [BAD_DESCRIPTOR],
    aside: 'The port is free again at once, unless connections accepted on it are in TIME-WAIT.',
    terms: ['acceptQueue', 'rst', 'timeWait'],
  },
  closeUdp: {
    lead: 'Gives the descriptor back, and sends nothing.',
    does: 'Ends the socket. Its port is free at once.',
    kernel: 'drops the datagrams that were not read',
    other: 'is not told: what it sends from now on gets an ICMP “port unreachable”, or no answer',
    raises: [BAD_DESCRIPTOR],
    aside: 'A datagram socket has no connection, and so no FIN and no TIME-WAIT.',
    terms: ['datagram', 'descriptor'],
  },
  reset: {
    lead: 'RST: the connection is gone at once.',
    does: 'Closes with SO_LINGER on and set to zero seconds, so it waits for nothing.',
    kernel: 'drops what was not sent or not read, and sends RST instead of FIN',
    other: 'recv() raises ConnectionResetError; what was unread there may be lost',
    raises: [BAD_DESCRIPTOR],
    aside: 'No TIME-WAIT follows. It is for connections that cannot go on, not for every close.',
    terms: ['rst', 'timeWait', 'sendBuffer'],
  },
  setsockopt: {
    lead: 'Changes how the kernel treats this socket.',
    does: 'Sets one option. getsockopt() returns what the kernel made of it.',
    kernel: 'stores the value; for SO_SNDBUF and SO_RCVBUF Linux stores twice what was asked for',
    other: 'nothing: options are never sent',
    raises: [
      { raises: 'OSError: [Errno 92] Protocol not available', when: 'this kind of socket has no such option' },
      { raises: 'OSError: [Errno 22] Invalid argument', when: 'the option does not take this value' },
    ],
    aside: 'SO_REUSEADDR has to be set before bind(); buffer sizes before connect() or listen(), for the window scale.',
    terms: ['sendBuffer', 'receiveBuffer', 'window'],
  },
  select: {
    lead: 'Waits until one of several sockets is ready.',
    does: 'Sleeps until a socket in its list can be read or written, or the time is up, and says which ones are ready. select, poll, epoll and the event loop of asyncio all do this.',
    kernel: 'wakes the program when there are bytes, a connection, a FIN or room in a send buffer',
    other: 'nothing: it sends no segment',
    raises: [BAD_DESCRIPTOR],
    aside:
      'Ready to be read means that recv() or accept() will not wait; at the end of the stream it returns b"" at once.',
    terms: ['receiveBuffer', 'sendBuffer', 'descriptor'],
  },
  getaddrinfo: {
    lead: 'A name becomes addresses, before any socket is used.',
    does: 'Asks for the addresses of a name. connect(), bind() and sendto() do this by themselves when you give them a name; create_connection() then tries one address after the other.',
    kernel: 'is not asked: the C library reads /etc/hosts, and asks a DNS server for other names',
    other: 'nothing: only a name server answers, if there is one to ask',
    raises: [
      { raises: 'socket.gaierror: [Errno -2] Name or service not known', when: 'the name has no address' },
      {
        raises: 'socket.gaierror: [Errno -3] Temporary failure in name resolution',
        when: 'the name server does not answer',
      },
    ],
    aside: 'localhost may be ::1 as well as 127.0.0.1: a server that is bound to one cannot be reached at the other.',
    terms: ['family', 'port'],
  },
  setting: {
    lead: 'Not a call: a choice in the playground.',
    does: 'Sets how much each recv() of a program asks for, or how the troubled proxy behaves, from here on.',
    kernel: 'is not asked',
    other: 'the same bytes, read in different pieces or later',
    raises: [],
    aside: 'It is listed among the calls because the calls after it look different.',
    terms: ['byteStream'],
  },
  print: {
    lead: 'Not a call on a socket: what the program printed.',
    does: 'The program at the other end wrote this line, as the tutorial’s server does.',
    kernel: 'has nothing to do with it',
    other: 'nothing',
    raises: [],
    aside: 'A printed line shows what the program has, and when.',
    terms: [],
  },
} satisfies Readonly<Record<string, CallCard>>;

export const callCards = {
  facts: {
    states: 'state',
    kernel: 'the kernel',
    other: 'the other end',
    raises: 'may raise',
    failed: 'it failed',
  },
  /** No state of TCP: a datagram, or a Unix socket. */
  stays: 'stays',
  inferred: 'inferred',
  observed: 'observed',
  nothingRaised: 'nothing of its own',
  counterpart: 'See the call at the other end',
  choose: 'Choose a row to see what its call does.',
  terms: 'Terms',
  glossary: terms,
  cards: cards as Readonly<Record<keyof typeof cards, CallCard>>,
};
export type CallCards = typeof callCards;
export type CardName = keyof typeof cards;
