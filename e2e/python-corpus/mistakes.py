"""Wrong numbers and kinds of arguments, and options that a socket does not take."""

import socket

stream = socket.socket()
datagram = socket.socket(type=socket.SOCK_DGRAM)


def show(name, call):
    try:
        print(name, call())
    except Exception as error:
        print(name, type(error).__name__, error)


METHODS = (
    'connect', 'bind', 'listen', 'recv', 'recvfrom', 'recv_into', 'recvfrom_into', 'send', 'sendall', 'sendto', 'shutdown',
    'setsockopt', 'getsockopt', 'settimeout', 'gettimeout', 'setblocking', 'getblocking', 'getsockname', 'getpeername',
    'fileno', 'connect_ex', 'recvmsg', 'sendmsg', 'recvmsg_into',
)  # fmt: skip
for method in METHODS:
    call = getattr(stream, method)
    show(f'{method} of seven', lambda: call(1, 2, 3, 4, 5, 6, 7))
    show(f'{method} by name', lambda: call(foo=1))
for method in METHODS[:13]:
    if method != 'listen':
        show(f'{method} of none', getattr(stream, method))
show('two for one', lambda: stream.connect('127.0.0.1', 80))
show('no tuple', lambda: stream.connect('127.0.0.1'))
show('a list', lambda: stream.connect(['127.0.0.1', 80]))
show('port as text', lambda: stream.connect(('127.0.0.1', '80')))
show('host as None', lambda: stream.connect((None, 80)))
show('host as number', lambda: stream.bind((1, 1)))
show('port too large', lambda: stream.bind(('127.0.0.1', 70_000)))
show('size as text', lambda: stream.recv('1'))
show('text', lambda: stream.sendall('text'))
show('text in a datagram', lambda: datagram.sendto('text', ('127.0.0.1', 9)))
show('sendto in three', lambda: datagram.sendto(b'text', '127.0.0.1', 9))
show('create_connection', lambda: socket.create_connection('127.0.0.1', 80))
show('gethostbyname of none', lambda: socket.gethostbyname())
show('gethostbyname of a number', lambda: socket.gethostbyname(1))
show('unknown level', lambda: stream.setsockopt(77, 1, 1))
show('unknown option', lambda: stream.setsockopt(socket.SOL_SOCKET, 999, 1))
show('unknown option of TCP', lambda: stream.setsockopt(socket.IPPROTO_TCP, 99, 1))
show('TCP option of UDP', lambda: datagram.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1))
show('no such time to live', lambda: stream.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 0))
show('too long a time to live', lambda: stream.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 256))
show('no idle time', lambda: stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 0))
show('too long an idle time', lambda: stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 40_000))
show('option as text', lambda: stream.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, '1'))
show('multicast by TCP', lambda: stream.setsockopt(0, socket.IP_ADD_MEMBERSHIP, bytes([224, 0, 0, 1, 0, 0, 0, 0])))
show('no group', lambda: datagram.setsockopt(0, socket.IP_ADD_MEMBERSHIP, bytes([1, 0, 0, 1, 0, 0, 0, 0])))
show('level not to be had', lambda: stream.getsockopt(77, 1))
show('option not to be had', lambda: stream.getsockopt(socket.SOL_SOCKET, 999))
show('time to live', lambda: stream.getsockopt(socket.IPPROTO_IP, socket.IP_TTL))
show('broadcast', lambda: datagram.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1))
show('own name', lambda: socket.gethostbyname(socket.gethostname()).split('.')[0].isdigit())
show('service', lambda: (socket.getservbyname('mysql'), socket.getservbyname('tftp', 'udp')))
show('no service', lambda: socket.getservbyname('tftp', 'tcp'))
show('protocol', lambda: (socket.getprotobyname('icmp'), socket.getprotobyname('udp')))
show('no protocol', lambda: socket.getprotobyname('none'))
for host in ('127.0.0.1', '', '0.0.0.0'):
    show(f'nobody at {host!r}', lambda: socket.socket().connect((host, 9)))
with socket.create_server(('', 0)) as server:
    port = server.getsockname()[1]
    for host in ('', '0.0.0.0', socket.gethostname()):
        with socket.create_connection((host or '0.0.0.0', port)) as client:
            show(f'server at {host!r}' if host in ('', '0.0.0.0') else 'server at the own name', lambda: client.getpeername()[1] == port)
