import type { Conversation } from '../conversation.ts';

// The parts of a C program that do not depend on what was said.

const NO_NAGLE = [
  '    int on = 1;',
  '    /* Nagle off: small sends leave at once. The receiver may still read them together. */',
  '    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);',
];
/** So that one can read while one sends: a peer that answers as it reads would else wait for us, and we for it. */
const NON_BLOCKING = ['    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);', '    return fd;', '}', ''];

/** `open_connection` or `accept_connection`. */
export function openFunction(transport: Conversation['transport'], role: Conversation['role']): string[] {
  if (role === 'accept') return ACCEPT;
  if (transport === 'unix') return OPEN_UNIX;
  const isUdp = transport === 'udp';
  return [
    '/* A name may have several addresses: the first that can be connected to is taken. */',
    'static int open_connection(const char *host, const char *port) {',
    `    struct addrinfo hints = {.ai_socktype = ${isUdp ? 'SOCK_DGRAM' : 'SOCK_STREAM'}};`,
    '    struct addrinfo *addresses;',
    '    int error = getaddrinfo(host, port, &hints, &addresses);',
    '    if (error != 0) {',
    '        fprintf(stderr, "%s\\n", gai_strerror(error));',
    '        exit(1);',
    '    }',
    '    int fd = -1;',
    '    for (struct addrinfo *at = addresses; at != NULL && fd < 0; at = at->ai_next) {',
    '        fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);',
    ...(isUdp
      ? ['        /* UDP does not connect: this only says where send() goes and from whom recv() takes. */']
      : []),
    '        if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) < 0) {',
    '            close(fd);',
    '            fd = -1;',
    '        }',
    '    }',
    '    freeaddrinfo(addresses);',
    '    if (fd < 0) fail("connect");',
    ...(isUdp ? ['    return fd;', '}', ''] : [...NO_NAGLE, ...NON_BLOCKING]),
  ];
}

const OPEN_UNIX = [
  'static int open_connection(const char *path) {',
  '    struct sockaddr_un address = {.sun_family = AF_UNIX};',
  '    if (strlen(path) >= sizeof address.sun_path) {',
  '        fputs("the path is too long\\n", stderr);',
  '        exit(1);',
  '    }',
  '    strcpy(address.sun_path, path);',
  '    int fd = socket(AF_UNIX, SOCK_STREAM, 0);',
  '    if (fd < 0) fail("socket");',
  '    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");',
  ...NON_BLOCKING,
];

const ACCEPT = [
  'static int accept_connection(const char *host, const char *port) {',
  '    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};',
  '    struct addrinfo *address;',
  '    int error = getaddrinfo(host, port, &hints, &address);',
  '    if (error != 0) {',
  '        fprintf(stderr, "%s\\n", gai_strerror(error));',
  '        exit(1);',
  '    }',
  '    int listener = socket(address->ai_family, address->ai_socktype, address->ai_protocol);',
  '    if (listener < 0) fail("socket");',
  '    int reuse = 1;',
  '    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);',
  '    if (bind(listener, address->ai_addr, address->ai_addrlen) < 0) fail("bind");',
  '    if (listen(listener, 1) < 0) fail("listen");',
  '    freeaddrinfo(address);',
  '    struct sockaddr_storage at;',
  '    socklen_t length = sizeof at;',
  '    char number[8];',
  '    getsockname(listener, (struct sockaddr *)&at, &length);',
  '    getnameinfo((struct sockaddr *)&at, length, NULL, 0, number, sizeof number, NI_NUMERICSERV);',
  '    printf("listening on port %s\\n", number);',
  '    fflush(stdout);',
  '    int fd = accept(listener, NULL, NULL);',
  '    if (fd < 0) fail("accept");',
  '    close(listener);',
  ...NO_NAGLE,
  ...NON_BLOCKING,
];

const READY = [
  '/* Waits until something can be done, but not for ever. */',
  'static short ready(short events) {',
  '    struct pollfd watched = {.fd = connection, .events = events};',
  '    int count = poll(&watched, 1, 10000);',
  '    if (count < 0) fail("poll");',
  '    if (count == 0) {',
  '        fputs("nothing moved for 10 s\\n", stderr);',
  '        exit(1);',
  '    }',
  '    return watched.revents;',
  '}',
  '',
];

export const C_RECEIVE = [
  ...READY,
  '/* Prints what has arrived, at the most limit bytes; returns how many, 0 after the peer has sent its last byte. */',
  'static size_t receive_some(size_t limit) {',
  '    char buffer[65536];',
  '    ssize_t count = recv(connection, buffer, limit < sizeof buffer ? limit : sizeof buffer, 0);',
  '    if (count < 0) fail("recv");',
  '    fwrite(buffer, 1, (size_t)count, stdout);',
  '    arrived += (size_t)count;',
  '    return (size_t)count;',
  '}',
  '',
  '/* One send() may take fewer bytes than it is given. What arrives meanwhile is read, so that the peer can go on. */',
  'static inline void send_all(const void *data, size_t length) {',
  '    const char *left = data;',
  '    short events = POLLIN | POLLOUT;',
  '    while (length > 0) {',
  '        if (ready(events) & POLLOUT) {',
  '            ssize_t count = send(connection, left, length, 0);',
  '            if (count < 0) fail("send");',
  '            left += count;',
  '            length -= (size_t)count;',
  '        } else if (receive_some(SIZE_MAX) == 0) {',
  '            events = POLLOUT;',
  '        }',
  '    }',
  '}',
  '',
  '/* TCP is a stream: one recv() may return fewer bytes than were sent together, so it is called until there are enough. */',
  'static inline void receive_until(size_t total) {',
  '    while (arrived < total) {',
  '        ready(POLLIN);',
  '        if (receive_some(total - arrived) == 0) break; /* the peer has sent its last byte */',
  '    }',
  '    fflush(stdout);',
  '}',
  '',
];

export const C_RECEIVE_UDP = [
  ...READY,
  '/* One send() is one datagram. */',
  'static inline void send_datagram(const void *data, size_t length) {',
  '    if (send(connection, data, length, 0) < 0) fail("send");',
  '}',
  '',
  '/* One recv() takes one datagram; what does not fit into the buffer is lost. */',
  'static inline void receive_datagram(void) {',
  '    char buffer[65536];',
  '    ready(POLLIN);',
  '    ssize_t count = recv(connection, buffer, sizeof buffer, 0);',
  '    if (count < 0) fail("recv");',
  '    fwrite(buffer, 1, (size_t)count, stdout);',
  '    fflush(stdout);',
  '}',
  '',
];
