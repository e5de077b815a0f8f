"""Streams: order, ends, resets, options, files made of sockets."""

import socket
import struct
import threading
import time


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def talk(serve, speak):
    """A server that serves one client, and that client."""
    with socket.create_server(('127.0.0.1', 0)) as server:

        def run():
            conn, _ = server.accept()
            with conn:
                serve(conn)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            with socket.create_connection(server.getsockname()) as client:
                return speak(client)
        finally:
            thread.join()


def echo(conn):
    while data := conn.recv(1024):
        conn.sendall(data)


def count(conn):
    total = 0
    while data := conn.recv(65_536):
        total += len(data)
    conn.sendall(b'%d' % total)


def upload(client):
    client.sendall(b'x' * 3_000_000)
    client.shutdown(socket.SHUT_WR)
    return client.recv(100)


def half_close(client):
    client.sendall(b'one')
    client.shutdown(socket.SHUT_WR)
    data = b''
    while part := client.recv(2):
        data += part
    return data, client.recv(1)


def peek(client):
    client.sendall(b'hello')
    first = client.recv(2, socket.MSG_PEEK)
    whole = client.recv(5, socket.MSG_WAITALL)
    client.sendall(b'yo')
    buffer = bytearray(8)
    size = client.recv_into(buffer)
    return first, whole, size, bytes(buffer)


def upper_lines(conn):
    with conn.makefile('rwb') as file:
        for line in file:
            file.write(line.upper())
            file.flush()


def lines(client):
    with client.makefile('r') as reader, client.makefile('w') as writer:
        writer.write('one\ntwo\n')
        writer.flush()
        answer = reader.readline(), reader.readline()
        client.shutdown(socket.SHUT_WR)
        return answer, reader.read()


def reset_at_once(conn):
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


def broken(client):
    client.recv(1)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        client.send(b'x')
        time.sleep(0.02)


def names(client):
    host, port = client.getsockname()
    return host, port > 0, client.getpeername()[0]


def options(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    return (
        client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0,
        client.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF),
        client.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM,
        client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR),
    )


def pair():
    first, second = socket.socketpair()
    third = first.dup()
    with first, second, third:
        first.close()
        third.sendall(b'through a copy')
        third.close()
        return second.recv(100), second.recv(1)


def version_six():
    with socket.socket(socket.AF_INET6) as server:
        server.bind(('::1', 0))
        server.listen()
        with socket.create_connection(server.getsockname()[:2]) as client:
            conn, address = server.accept()
            with conn:
                conn.sendall(b'six')
                return address[0], len(address), client.recv(3)



check('echo', lambda: talk(echo, lambda client: (client.send(b'hi'), client.recv(10))))
check('three megabytes', lambda: talk(count, upload))
check('half-close', lambda: talk(echo, half_close))
check('peek, all, into', lambda: talk(echo, peek))
check('makefile', lambda: talk(upper_lines, lines))
check('end of file', lambda: talk(lambda conn: None, lambda client: client.recv(1)))
check('reset', lambda: talk(reset_at_once, lambda client: client.recv(1)))
check('broken pipe', lambda: talk(lambda conn: None, broken))
check('names', lambda: talk(echo, names))
check('options', lambda: talk(echo, options))
check('pair and copy', pair)
check('IPv6', version_six)
check('closed twice', lambda: talk(echo, lambda client: (client.close(), client.close(), client.fileno())))
