"""A socket that another thread waits on is closed or shut down; what is left of one whose connection is over."""

import select
import socket
import sys
import threading
import time


def show(name, call):
    try:
        print(name, call())
    except Exception as error:
        print(name, type(error).__name__, error)


def pair():
    with socket.create_server(('127.0.0.1', 0)) as server:
        near = socket.create_connection(server.getsockname())
        return near, server.accept()[0]


def started(call):
    """A thread in a call that waits."""
    results = []

    def run():
        try:
            results.append(call())
        except OSError as error:
            results.append(error.strerror)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.1)
    return thread, results


near, far = pair()
thread, results = started(lambda: near.recv(100))
near.close()
thread.join(0.2)
print('closed under recv', thread.is_alive())
far.sendall(b'late')
thread.join()
print('goes on', results)
show('its peer', lambda: far.recv(100))

near, far = pair()
thread, results = started(lambda: near.recv(100))
near.shutdown(socket.SHUT_RDWR)
thread.join()
print('shut down under recv', results)

server = socket.create_server(('127.0.0.1', 0))
address = server.getsockname()
thread, results = started(server.accept)
server.close()
thread.join(0.2)
print('closed under accept', thread.is_alive())
client = socket.create_connection(address)
thread.join()
print('is accepted', len(results[0]))
show('and no other', lambda: socket.create_connection(address, timeout=1))

server = socket.create_server(('127.0.0.1', 0))
thread, results = started(server.accept)
server.shutdown(socket.SHUT_RDWR)
thread.join()
print('shut down under accept', results)

near, far = pair()
near.shutdown(socket.SHUT_WR)
far.shutdown(socket.SHUT_WR)
show('end of near', lambda: near.recv(1))
show('end of far', lambda: far.recv(1))
near, far = pair()
poll = select.epoll()
poll.register(near, select.EPOLLIN | select.EPOLLRDHUP)
far.shutdown(socket.SHUT_WR)
show('half of it is over', lambda: [events & select.EPOLLRDHUP != 0 for _, events in poll.poll(1)])

near, far = pair()
far.sendall(b'before')
near.recv(6, socket.MSG_PEEK)
near.shutdown(socket.SHUT_RD)
show('shut for reading', lambda: [near.recv(3), near.recv(10), near.recv(10), near.recv(10)])
show('is it ready', lambda: select.select([near], [], [], 0)[0] == [near])
far.sendall(b'after')
time.sleep(0.2)
show('what comes still', lambda: [near.recv(10), near.recv(10)])
show('the other direction', lambda: [near.send(b'still'), far.recv(10)])
near.close()
show('its end', lambda: far.recv(10))
near, far = pair()
near.shutdown(socket.SHUT_RD)
far.sendall(b'unread')
time.sleep(0.2)
near.close()
show('closed with bytes unread', lambda: far.recv(10))
near, far = pair()
far.sendall(b'before')
near.recv(6, socket.MSG_PEEK)
near.shutdown(socket.SHUT_RDWR)
time.sleep(0.2)
show('shut both ways', lambda: [near.recv(10), near.recv(10), far.recv(10)])
far.sendall(b'late')
time.sleep(0.2)
show('what comes too late', lambda: near.recv(10))
show('and then', lambda: near.recv(10))
time.sleep(0.3)
show('who sent it', lambda: far.send(b'more'))
show('a port of none', lambda: socket.socket().connect(('127.0.0.1', 0)))
show('a host with a blank', lambda: socket.socket().connect((' 127.0.0.1', 9)))


def dive(depth):
    return dive(depth + 1)


for limit in (1_000, 3_000, 100_000):
    sys.setrecursionlimit(limit)
    try:
        dive(0)
    except RecursionError as error:
        print('recursion', sys.getrecursionlimit(), str(error).split(' in ')[0])
