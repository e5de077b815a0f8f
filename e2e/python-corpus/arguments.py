"""Wrong arguments, and questions about names, numbers and services: what C says to them."""

import os
import socket

V4, V6, TCP, UDP = socket.AF_INET, socket.AF_INET6, socket.SOCK_STREAM, socket.SOCK_DGRAM
HERE = '127.0.0.1'


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def on(use, *kind):
    with socket.socket(*kind) as sock:
        return use(sock)


def found(*arguments, **options):
    return [(int(family), int(kind), proto, name, where) for family, kind, proto, name, where in
            socket.getaddrinfo(*arguments, **options)]


def of_a_file():
    with open(os.devnull, 'rb') as file:
        return socket.socket(fileno=file.fileno())


check('protocol of the other', lambda: socket.socket(V4, UDP, socket.IPPROTO_TCP))
check('no such protocol', lambda: socket.socket(V4, TCP, 300))
check('no such type', lambda: socket.socket(V4, 9))
check('no such family', lambda: socket.socket(99))
check('family a str', lambda: socket.socket('AF_INET'))
check('fileno a str', lambda: socket.socket(fileno='x'))
check('fileno negative', lambda: socket.socket(fileno=-3))
check('fileno of a file', of_a_file)
check('fileno of nothing', lambda: socket.socket(fileno=99))
check('close nothing', lambda: socket.close(99))
check('close None', lambda: socket.close(None))
check('timeout when closed', lambda: on(lambda sock: (sock.close(), sock.settimeout(1))))
check('timeout a str', lambda: on(lambda sock: sock.settimeout('x')))
check('timeout no number', lambda: on(lambda sock: sock.settimeout(float('nan'))))
check('default timeout', lambda: socket.setdefaulttimeout('spam'))
check('backlog a str', lambda: on(lambda sock: sock.listen('x')))
check('backlog too large', lambda: on(lambda sock: sock.listen(2**31)))
check('shutdown how', lambda: on(lambda sock: sock.shutdown(9)))
check('recv -1', lambda: on(lambda sock: sock.recv(-1)))
check('recv a str', lambda: on(lambda sock: sock.recv('x')))
check('into bytes', lambda: on(lambda sock: sock.recv_into(b'abc')))
check('into too little', lambda: on(lambda sock: sock.recv_into(bytearray(3), 5)))
check('from into too little', lambda: on(lambda sock: sock.recvfrom_into(bytearray(3), 5)))
check('from into negative', lambda: on(lambda sock: sock.recvfrom_into(bytearray(3), -5)))
check('recvmsg -1', lambda: on(lambda sock: sock.recvmsg(-1)))
check('send a number', lambda: on(lambda sock: sock.send(5)))
check('sendall a list', lambda: on(lambda sock: sock.sendall(['x'])))
check('sendmsg a str', lambda: on(lambda sock: sock.sendmsg(['x'])))
check('sendto nobody', lambda: on(lambda sock: sock.sendto(b'x'), V4, UDP))
check('sendto a number', lambda: on(lambda sock: sock.sendto(b'x', 5), V4, UDP))
check('sendto, turned round', lambda: on(lambda sock: sock.sendto(b'x', (HERE, 9), 5), V4, UDP))
check('sendto port 0', lambda: on(lambda sock: sock.sendto(b'x', (HERE, 0)), V4, UDP))
check('sendto everybody', lambda: on(lambda sock: sock.sendto(b'x', ('255.255.255.255', 9)), V4, UDP))
check('sendto the other v', lambda: on(lambda sock: sock.sendto(b'x', ('::1', 9)), V4, UDP))
check('accept datagrams', lambda: on(lambda sock: sock.accept(), V4, UDP))
check('bind one', lambda: on(lambda sock: sock.bind((HERE,))))
check('bind three', lambda: on(lambda sock: sock.bind((HERE, 0, 0))))
check('bind a number', lambda: on(lambda sock: sock.bind((5, 0))))
check('bind a port too far', lambda: on(lambda sock: sock.bind((HERE, -1))))
check('bind v6 to v4', lambda: on(lambda sock: sock.bind((HERE, 0)), V6))
check('bind flowinfo', lambda: on(lambda sock: sock.bind(('::1', 0, -10)), V6))
check('a null in a name', lambda: on(lambda sock: sock.bind(('x\0y', 0))))
check('names, unbound', lambda: (on(lambda sock: sock.getsockname()), on(lambda sock: sock.getsockname(), V6)))
check('short addresses', lambda: (socket.inet_aton('1.2'), socket.gethostbyname('127.1'), found('127.1', 80, type=TCP)))
check('aton of a word', lambda: socket.inet_aton('word'))
check('ntoa of three', lambda: socket.inet_ntoa(b'abc'))
check('ntop of three', lambda: socket.inet_ntop(V4, b'abc'))
check('pton of a word', lambda: socket.inet_pton(V6, '::g'))
check('v6 spelled', lambda: found('FE80::0:1', 80, V6, UDP))
check('v6 with its zone', lambda: found('::1%1', 80, type=TCP))
check('all kinds', lambda: found(HERE, 80))
check('port too large', lambda: found(HERE, 70_000, type=TCP))
check('port negative', lambda: found(HERE, -1))
check('port a float', lambda: found(HERE, 5.5))
check('host a number', lambda: found(5, 5))
check('host empty', lambda: found('', 80))
check('no such family', lambda: found(HERE, 80, 99))
check('no such type', lambda: found(HERE, 80, type=9))
check('the wrong protocol', lambda: found(HERE, 'http', proto=socket.IPPROTO_UDP))
check('canonical', lambda: found(HERE, 80, type=TCP, flags=socket.AI_CANONNAME))
check('passive', lambda: found(None, 80, V4, TCP, flags=socket.AI_PASSIVE))
check('numeric alone', lambda: found('localhost', 80, flags=socket.AI_NUMERICHOST))
check('v6 asked by v4', lambda: socket.gethostbyname('::1'))
check('hosts', lambda: (socket.gethostbyname(''), socket.gethostbyname_ex(HERE), socket.gethostbyaddr(HERE)[0]))
check('name', lambda: socket.getnameinfo((HERE, 80), 0))
check('name in numbers', lambda: socket.getnameinfo((HERE, 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
check('name of a name', lambda: socket.getnameinfo(('www.example', 0), 0))
check('name of a str', lambda: socket.getnameinfo('x', 0))
check('name, flowinfo', lambda: socket.getnameinfo(('::1', 0, 0xFFFFFFFF), 0))
check('service', lambda: (socket.getservbyname('http'), socket.getservbyname('domain', 'udp'), socket.getservbyport(443)))
check('service of no protocol', lambda: socket.getservbyname('http', 'udp'))
check('service out of range', lambda: socket.getservbyport(65_536))
check('interfaces', lambda: (socket.if_nameindex()[0], socket.if_nametoindex('lo'), socket.if_indextoname(1)))
check('no such interface', lambda: socket.if_nametoindex('no-such'))
check('no such index', lambda: socket.if_indextoname(0))
check('the class of C', lambda: on(lambda sock: super(socket.socket, sock).__repr__().replace(str(sock.fileno()), 'N')))
