"""Datagrams: borders kept, truncation, connected ones, nobody there; and names."""

import socket


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def two(use):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as first,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as second,
    ):
        first.bind(('127.0.0.1', 0))
        first.settimeout(20)
        second.settimeout(20)
        return use(first, second)


def answer(first, second):
    second.sendto(b'ping', first.getsockname())
    data, address = first.recvfrom(100)
    first.sendto(b'pong to ' + data, address)
    back, sender = second.recvfrom(100)
    return data, back, sender == first.getsockname()


def borders(first, second):
    for size in (0, 1, 1_400, 9_000):
        second.sendto(b'x' * size, first.getsockname())
    return [len(first.recv(65_536)) for _ in range(4)]


def cut(first, second):
    second.sendto(b'0123456789', first.getsockname())
    second.sendto(b'next', first.getsockname())
    return first.recv(4), first.recv(4)


def connected(first, second):
    second.connect(first.getsockname())
    second.send(b'one')
    data, address = first.recvfrom(10)
    first.sendto(b'two', address)
    return data, second.recv(10), second.getpeername() == first.getsockname()


def nobody(first, second):
    first.settimeout(0.05)
    return first.recv(1)


def six(first, second):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as server, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as client:
        server.bind(('::1', 0))
        server.settimeout(20)
        client.sendto(b'six', server.getsockname())
        data, address = server.recvfrom(10)
        return data, address[0], len(address), address[1] == client.getsockname()[1]


def sent_and_closed(first, second):
    for number in range(5):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b'%d' % number, first.getsockname())
    return [first.recv(10) for _ in range(5)]


def by_localhost(first, second):
    second.sendto(b'by name', ('localhost', first.getsockname()[1]))
    return first.recv(10)


def any_address(first, second):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(('', 0))
        server.settimeout(20)
        second.sendto(b'to any', ('127.0.0.1', server.getsockname()[1]))
        return server.getsockname()[0], server.recvfrom(10)[1][0]


def refused(first, second):
    second.connect(first.getsockname())
    first.close()
    heard = []
    for _ in range(2):
        second.send(b'anybody?')
        try:
            second.recv(10)
        except ConnectionRefusedError as error:
            heard.append(error.errno)
    return heard, second.getsockname()[1] > 0


def own_address(first, second):
    second.bind(('', 0))
    before = second.getsockname()[0]
    second.connect(first.getsockname())
    return before, second.getsockname()[0]


check('answer', lambda: two(answer))
check('borders', lambda: two(borders))
check('cut', lambda: two(cut))
check('connected', lambda: two(connected))
check('refused', lambda: two(refused))
check('own address', lambda: two(own_address))
check('nobody', lambda: two(nobody))
check('IPv6', lambda: two(six))
check('sent and closed', lambda: two(sent_and_closed))
check('by name', lambda: two(by_localhost))
check('any address', lambda: two(any_address))
check('gethostbyname', lambda: (socket.gethostbyname('localhost'), socket.gethostbyname('127.0.0.1')))
check('getaddrinfo', lambda: [tuple(map(str, found)) for found in socket.getaddrinfo('127.0.0.1', 80, type=1)])
check('service', lambda: socket.getaddrinfo('127.0.0.1', 'http', type=socket.SOCK_STREAM)[0][4])
check('no such service', lambda: socket.getaddrinfo('127.0.0.1', 'no-such-service'))
check('inet', lambda: (socket.inet_aton('1.2.3.4'), socket.htons(80), socket.inet_ntop(socket.AF_INET6, bytes(15) + b'\1')))
check('not an address', lambda: socket.inet_pton(socket.AF_INET, '1.2.3'))
