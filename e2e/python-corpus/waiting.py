"""Waiting otherwise than by blocking: timeouts, connect that goes on, every selector, poll, epoll."""

import errno
import os
import select
import selectors
import socket
import threading
import time


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def with_selector(kind):
    """The same story by each of them."""
    first, second = socket.socketpair()
    with first, second, kind() as selector:
        selector.register(first, selectors.EVENT_READ, 'first')
        silent = selector.select(0), selector.select(0.02)
        second.send(b'x')
        heard = [(key.data, events) for key, events in selector.select(10)]
        selector.modify(first, selectors.EVENT_READ | selectors.EVENT_WRITE)
        both = [events for _, events in selector.select(10)]
        second.close()
        first.recv(1)
        ended = [events for _, events in selector.select(10)]
        selector.unregister(first)
        return silent, heard, both, ended, len(selector.get_map())


def connecting():
    with socket.create_server(('127.0.0.1', 0)) as server, socket.socket() as client:
        client.setblocking(False)
        begun = client.connect_ex(server.getsockname())
        _, writable, _ = select.select([], [client], [], 10)
        done = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        return errno.errorcode[begun], writable == [client], done, client.getpeername() == server.getsockname()


def refused():
    with socket.socket() as client:
        client.setblocking(False)
        begun = client.connect_ex(('127.0.0.1', 1))
        select.select([], [client], [], 10)
        return errno.errorcode[begun], errno.errorcode[client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)]


def nothing_yet():
    first, second = socket.socketpair()
    with first, second:
        first.setblocking(False)
        try:
            first.recv(1)
        except BlockingIOError as error:
            words = str(error)
        try:
            second.recv(1, socket.MSG_DONTWAIT)
        except OSError as error:
            return words, errno.errorcode[error.errno]


def full():
    """A socket that does not block takes what there is room for, and then no more."""
    with socket.create_server(('127.0.0.1', 0)) as server, socket.create_connection(server.getsockname()) as client:
        conn, _ = server.accept()
        with conn:
            client.setblocking(False)
            sent = 0
            try:
                while sent < 100_000_000:
                    sent += client.send(b'x' * 65_536)
            except BlockingIOError as error:
                words = str(error)
            heard = 0
            conn.settimeout(10)
            while heard < sent:
                heard += len(conn.recv(65_536))
            select.select([], [client], [], 10)
            return words, sent > 65_536, heard == sent, client.send(b'again')


def too_slow():
    first, second = socket.socketpair()
    with first, second:
        first.settimeout(0.05)
        start = time.monotonic()
        try:
            first.recv(1)
        except TimeoutError as error:
            words = str(error), error.errno
        return words, time.monotonic() - start >= 0.05, socket.timeout is TimeoutError


def partly():
    """What came before the time was up is not lost."""
    first, second = socket.socketpair()
    with first, second, first.makefile('rb') as file:
        second.sendall(b'one\ntw')
        first.settimeout(0.05)
        line = file.readline()
        try:
            file.readline()
        except TimeoutError:
            pass
        try:
            file.readline()
        except OSError as error:
            return line, str(error)


def by_default():
    socket.setdefaulttimeout(0.05)
    try:
        with socket.create_server(('127.0.0.1', 0)) as server:
            given = server.gettimeout()
            server.accept()
    except TimeoutError as error:
        return given, str(error)
    finally:
        socket.setdefaulttimeout(None)


def polled():
    first, second = socket.socketpair()
    with first, second:
        poll = select.poll()
        poll.register(first)
        before = poll.poll(0)
        poll.modify(first, select.POLLIN)
        second.sendall(b'x')
        after = poll.poll(10_000)
        first.recv(1)
        second.close()
        ended = poll.poll(10_000)
        poll.unregister(first)
        return [events for _, events in before + after + ended], poll.poll(0)


def polled_wrongly():
    select.poll().modify(0, select.POLLIN)


def by_epoll():
    first, second = socket.socketpair()
    with first, second, select.epoll() as epoll:
        epoll.register(first, select.EPOLLIN)
        second.sendall(b'x')
        heard = [(fd == first.fileno(), events) for fd, events in epoll.poll(10)]
        try:
            epoll.register(first)
        except FileExistsError as error:
            again = str(error)
        return heard, again, epoll.fileno() > 2, epoll.closed


def of_a_file():
    with select.epoll() as epoll, open(os.devnull, 'rb') as file:
        epoll.register(file, select.EPOLLIN)


def by_many():
    """select wakes for the one that is ready, whichever thread it is for."""
    pairs = [socket.socketpair() for _ in range(4)]
    heard, lock = [], threading.Lock()

    def wait(number):
        ready, _, _ = select.select([pairs[number][0]], [], [], 10)
        with lock:
            heard.append((number, ready[0].recv(10)))

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for number in (2, 0, 3, 1):
        pairs[number][1].sendall(b'%d' % number)
    for thread in threads:
        thread.join()
    for each in pairs:
        each[0].close()
        each[1].close()
    return sorted(heard)


for name in ('DefaultSelector', 'SelectSelector', 'PollSelector', 'EpollSelector'):
    check(name, lambda: with_selector(getattr(selectors, name)))
check('connect, not blocking', connecting)
check('refused, not blocking', refused)
check('nothing yet', nothing_yet)
check('full', full)
check('timeout', too_slow)
check('timeout in a file', partly)
check('default timeout', by_default)
check('poll', polled)
check('poll wrongly', polled_wrongly)
check('epoll', by_epoll)
check('epoll of a file', of_a_file)
check('a poll by its class', lambda: type(select.poll())())
check('select by threads', by_many)
check('select of nothing', lambda: select.select([], [], [], 0.02))
check('select negative', lambda: select.select([], [], [], -1))
check('select closed', lambda: select.select([socket.socket().fileno()], [], [], 0) and None)
check('select of no file', lambda: select.select(['x'], [], []))
