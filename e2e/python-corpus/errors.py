"""Every error of a socket that a beginner meets: class, number and words."""

import errno
import socket


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def with_socket(use, *kind):
    with socket.socket(*kind) as sock:
        return use(sock)


def refused(sock):
    try:
        sock.connect(('127.0.0.1', 1))
    except ConnectionRefusedError as error:
        return error.errno == errno.ECONNREFUSED, error.strerror


def in_use(sock):
    sock.bind(('127.0.0.1', 0))
    sock.listen()
    with socket.socket() as other:
        other.bind(sock.getsockname())


def closed(sock):
    sock.close()
    sock.recv(1)


def timeout(sock):
    sock.bind(('127.0.0.1', 0))
    sock.listen()
    sock.settimeout(0.05)
    sock.accept()


def not_blocking(sock):
    sock.bind(('127.0.0.1', 0))
    sock.listen()
    sock.setblocking(False)
    sock.accept()


DATAGRAM = (socket.AF_INET, socket.SOCK_DGRAM)
check('refused', lambda: with_socket(refused))
check('connect_ex', lambda: with_socket(lambda sock: sock.connect_ex(('127.0.0.1', 1))))
check('create_connection', lambda: socket.create_connection(('127.0.0.1', 1), 2))
check('no such name', lambda: socket.create_connection(('no-such-host.invalid', 80)))
check('in use', lambda: with_socket(in_use))
check('not our address', lambda: with_socket(lambda sock: sock.bind(('8.8.8.8', 25000))))
check('port too large', lambda: with_socket(lambda sock: sock.bind(('127.0.0.1', 70000))))
check('address not a tuple', lambda: with_socket(lambda sock: sock.connect('127.0.0.1')))
check('port a str', lambda: with_socket(lambda sock: sock.connect(('127.0.0.1', '80'))))
check('send a str', lambda: with_socket(lambda sock: sock.send('text')))
check('send, not connected', lambda: with_socket(lambda sock: sock.send(b'x')))
check('recv, not connected', lambda: with_socket(lambda sock: sock.recv(1)))
check('peer, not connected', lambda: with_socket(lambda sock: sock.getpeername()))
check('shutdown, not connected', lambda: with_socket(lambda sock: sock.shutdown(socket.SHUT_WR)))
check('accept, not listening', lambda: with_socket(lambda sock: sock.accept()))
check('closed', lambda: with_socket(closed))
check('timeout', lambda: with_socket(timeout))
check('not blocking', lambda: with_socket(not_blocking))
check('raw', lambda: socket.socket(socket.AF_INET, socket.SOCK_RDM))
check('no such type', lambda: socket.socket(socket.AF_INET, 99))
check('negative timeout', lambda: with_socket(lambda sock: sock.settimeout(-1)))
check('datagram too long', lambda: with_socket(lambda sock: sock.sendto(b'x' * 70_000, ('127.0.0.1', 9)), *DATAGRAM))
check('datagram to nobody', lambda: with_socket(lambda sock: sock.send(b'x'), *DATAGRAM))
check('listen on datagrams', lambda: with_socket(lambda sock: sock.listen(), *DATAGRAM))
check('classes', lambda: [issubclass(kind, OSError) for kind in (socket.gaierror, socket.timeout, socket.herror)])
check('OSError by number', lambda: type(OSError(111, 'x')).__name__)
