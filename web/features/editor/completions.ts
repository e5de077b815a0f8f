import type { Completion } from '@codemirror/autocomplete';

const constants = (names: string): Completion[] => names.split(' ').map((label) => ({ label, type: 'constant' }));
const functions = (...all: [label: string, detail: string][]): Completion[] =>
  all.map(([label, detail]) => ({ label, detail, type: 'function' }));
const methods = (...all: [label: string, detail: string][]): Completion[] =>
  all.map(([label, detail]) => ({ label, detail, type: 'method' }));

/** After `socket.`: the module. */
const SOCKET_MODULE: readonly Completion[] = [
  { label: 'socket', detail: '(family, type)', type: 'class' },
  ...functions(
    ['create_connection', '((host, port), timeout)'],
    ['create_server', '((host, port))'],
    ['getaddrinfo', '(host, port)'],
    ['gethostbyname', '(name)'],
    ['gethostname', '()'],
    ['getnameinfo', '(address, flags)'],
    ['setdefaulttimeout', '(seconds)'],
    ['socketpair', '()'],
    ['htons', '(x)'],
    ['htonl', '(x)'],
    ['ntohs', '(x)'],
    ['ntohl', '(x)'],
    ['inet_aton', '(text)'],
    ['inet_ntoa', '(packed)'],
    ['inet_pton', '(family, text)'],
    ['inet_ntop', '(family, packed)'],
  ),
  ...constants(
    'AF_INET AF_INET6 AF_UNIX SOCK_STREAM SOCK_DGRAM SOCK_RAW SOCK_SEQPACKET SOCK_RDM SOL_SOCKET SO_REUSEADDR ' +
      'SO_KEEPALIVE SO_LINGER SO_SNDBUF SO_RCVBUF SO_BROADCAST SO_ERROR IPPROTO_TCP IPPROTO_UDP TCP_NODELAY SHUT_RD ' +
      'SHUT_WR SHUT_RDWR MSG_PEEK MSG_DONTWAIT MSG_WAITALL SOMAXCONN',
  ),
  ...['timeout', 'gaierror', 'herror', 'error'].map((label) => ({ label, type: 'class' })),
];

/** After any other name and a dot: what a socket can do. */
const SOCKET_METHODS: readonly Completion[] = methods(
  ['accept', '() → (conn, address)'],
  ['bind', '((host, port))'],
  ['close', '()'],
  ['connect', '((host, port))'],
  ['connect_ex', '((host, port)) → errno'],
  ['detach', '() → fd'],
  ['fileno', '() → fd'],
  ['getpeername', '() → address'],
  ['getsockname', '() → address'],
  ['getsockopt', '(level, option)'],
  ['gettimeout', '() → seconds'],
  ['listen', '(backlog)'],
  ['makefile', '(mode)'],
  ['recv', '(size) → bytes'],
  ['recv_into', '(buffer) → count'],
  ['recvfrom', '(size) → (bytes, address)'],
  ['send', '(data) → count'],
  ['sendall', '(data)'],
  ['sendto', '(data, address) → count'],
  ['setblocking', '(flag)'],
  ['setsockopt', '(level, option, value)'],
  ['settimeout', '(seconds)'],
  ['shutdown', '(how)'],
);

/** After `socketserver.` */
const SOCKETSERVER_MODULE: readonly Completion[] = [
  ...['TCPServer', 'ThreadingTCPServer', 'UDPServer', 'ThreadingUDPServer', 'BaseRequestHandler'],
  ...['StreamRequestHandler', 'DatagramRequestHandler', 'ThreadingMixIn'],
].map((label) => ({ label, type: 'class' }));

/** What may follow the name before a dot. */
export function membersOf(name: string): readonly Completion[] {
  if (name === 'socket') return SOCKET_MODULE;
  if (name === 'socketserver') return SOCKETSERVER_MODULE;
  return SOCKET_METHODS;
}
