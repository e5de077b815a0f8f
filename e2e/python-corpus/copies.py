"""Descriptors: copies, handing over, flags; and messages in parts."""

import array
import fcntl
import os
import socket


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def pair():
    """Two ends of a TCP connection."""
    with socket.create_server(('127.0.0.1', 0)) as server:
        client = socket.create_connection(server.getsockname(), 10)
        conn, _ = server.accept()
    conn.settimeout(10)
    return client, conn


def duplicate():
    client, conn = pair()
    copy = client.dup()
    client.close()
    copy.sendall(b'one')
    first = conn.recv(10)
    copy.close()
    with conn:
        return first, conn.recv(10)


def from_descriptor():
    client, conn = pair()
    with client, conn, socket.fromfd(client.fileno(), client.family, client.type) as copy:
        copy.sendall(b'by number')
        return conn.recv(20), copy.getpeername() == client.getpeername(), copy.fileno() != client.fileno()


def detached():
    client, conn = pair()
    number = client.detach()
    again = socket.socket(fileno=number)
    with again, conn:
        again.sendall(b'same')
        return client.fileno(), conn.recv(10), again.family.name, again.type.name, repr(client)[:15]


def by_number():
    """os knows sockets by their numbers too."""
    client, conn = pair()
    other, end = pair()
    with conn, other:
        os.dup2(client.fileno(), end.fileno())
        end.sendall(b'in its place')
        copy = os.dup(client.fileno())
        os.close(copy)
        client.close()
        end.close()
        return conn.recv(100), conn.recv(1), other.recv(1)


def under_us():
    """close(2) on the number alone: the object does not know."""
    sock = socket.socket()
    socket.close(sock.fileno())
    sock.close()


def flags():
    with socket.socket() as sock:
        inherits = [sock.get_inheritable()]
        sock.set_inheritable(True)
        inherits += [sock.get_inheritable(), fcntl.fcntl(sock, fcntl.F_GETFD) & fcntl.FD_CLOEXEC]
        blocks = []
        for timeout in (None, 5, 0):
            sock.settimeout(timeout)
            blocks.append((sock.getblocking(), bool(fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_NONBLOCK)))
        return inherits, blocks


def born_so():
    with socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as sock:
        return sock.type.name, sock.gettimeout(), sock.getblocking()


def in_parts():
    client, conn = pair()
    with client, conn:
        sent = client.sendmsg([b'one ', bytearray(b'two '), array.array('B', b'three')])
        buffers = [bytearray(4), bytearray(20)]
        size, ancillary, _, address = conn.recvmsg_into(buffers)
        conn.sendmsg([b'back'])
        data, *_ = client.recvmsg(100)
        return sent, size, ancillary, address, [bytes(buffer) for buffer in buffers], data


def datagram_in_parts():
    with socket.socket(type=socket.SOCK_DGRAM) as first, socket.socket(type=socket.SOCK_DGRAM) as second:
        first.bind(('127.0.0.1', 0))
        first.settimeout(10)
        second.sendmsg([b'a', b'b'], [], 0, first.getsockname())
        data, _, flags, sender = first.recvmsg(100)
        second.sendto(b'too long', first.getsockname())
        cut, _, how, _ = first.recvmsg(3)
        return data, flags, sender[1] == second.getsockname()[1], cut, how == socket.MSG_TRUNC


def numbers():
    client, conn = pair()
    with client, conn:
        conn.sendall(array.array('i', [1, 2]))
        buffer = array.array('i', [0, 0])
        size = client.recv_into(buffer)
        conn.sendall(memoryview(b'abcdef')[::2].tobytes())
        return size, list(buffer), client.recv(10)


def both_ways():
    first, second = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with first, second:
        first.send(b'one')
        first.send(b'two')
        return second.recv(100), second.recv(2), second.family.name


def leaving():
    with socket.socket() as sock:
        inside = sock.fileno() >= 0
    return inside, sock.fileno(), '[closed]' in repr(sock)


def everything():
    """All that each of them lists is there."""
    for module in ('socket', 'select', 'selectors', 'socketserver', 'os', 'threading', 'asyncio'):
        exec(f'from {module} import *', {})
    names = {}
    exec('from socket import *', names)
    return names['AF_INET'].name, names['SOCK_STREAM'].name, names['socket'] is socket.socket


check('all names', everything)
check('dup', duplicate)
check('fromfd', from_descriptor)
check('detach', detached)
check('dup2', by_number)
check('closed under us', under_us)
check('flags', flags)
check('born not blocking', born_so)
check('sendmsg', in_parts)
check('sendmsg, datagrams', datagram_in_parts)
check('arrays', numbers)
check('socketpair', both_ways)
check('with', leaving)
