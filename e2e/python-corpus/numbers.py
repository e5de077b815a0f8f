"""Descriptors of sockets in os, open() and multiprocessing; errors of files; sizes of C's types."""

import errno
import os
import pickle
import queue
import socket
import stat
import struct
import threading
from multiprocessing.connection import Client, Connection, Listener
from multiprocessing.managers import BaseManager


def show(name, call):
    try:
        print(name, call())
    except Exception as error:
        print(name, type(error).__name__, error, getattr(error, 'errno', None), isinstance(error, OSError))


one, other = socket.socketpair()
show('write', lambda: os.write(one.fileno(), b'hello'))
show('read', lambda: (os.read(other.fileno(), 3), os.read(other.fileno(), 10)))
with os.fdopen(os.dup(one.fileno()), 'wb') as file:
    file.write(b'first\nsecond\n')
with open(other.fileno(), closefd=False) as file:
    show('readline', file.readline)
show('is a socket', lambda: stat.S_ISSOCK(os.fstat(one.fileno()).st_mode))
with open(os.devnull) as file:
    show('a number of its own', lambda: file.fileno() not in (one.fileno(), other.fileno()))
other.setblocking(False)
show('not blocking', lambda: os.read(other.fileno(), 1))
os.close(one.fileno())
show('closed', lambda: one.send(b'x'))
one.detach()
show('no such number', lambda: os.close(500))

show('no file', lambda: open('/none'))
show('a folder', lambda: open('/tmp', 'w'))
show('there already', lambda: os.mkdir('/tmp'))
show('two names', lambda: os.rename('/none', '/nowhere'))
for number in (errno.ENOENT, errno.EACCES, errno.ECONNREFUSED, errno.EBADF, errno.ENOTEMPTY):
    show(f'class of {number}', lambda: isinstance(OSError(number, 'text'), (FileNotFoundError, PermissionError, ConnectionRefusedError)))
show('pickled', lambda: repr(pickle.loads(pickle.dumps(OSError(errno.ENOENT, 'text')))))
show('text', lambda: (os.strerror(errno.ENOENT), os.strerror(9999), len(errno.errorcode) > 100, errno.errorcode[111]))

show('sizes', lambda: [struct.calcsize(size) for size in ('L', 'l', 'P', 'n', '@cl', '<L', '!l', 'q', 'HL')])
show('packed', lambda: (struct.pack('L', 5), struct.unpack('l', struct.pack('l', -2)), struct.Struct('LH').size))

server = socket.create_server(('127.0.0.1', 0))
near = socket.create_connection(server.getsockname())
far, _ = server.accept()
show('nothing asked for', lambda: (near.recv(0), near.recv_into(bytearray())))
with Connection(near.detach()) as sender, Connection(far.detach()) as receiver:
    sender.send({'a': [1, 2]})
    show('connection', lambda: (receiver.recv(), receiver.poll(0)))
    sender.close()
    show('its end', receiver.recv)


def answer():
    with listener.accept() as connection:
        connection.send(connection.recv().upper())


with Listener(('127.0.0.1', 0), authkey=b'key') as listener:
    thread = threading.Thread(target=answer)
    thread.start()
    with Client(listener.address, authkey=b'key') as client:
        client.send('text')
        show('answer', client.recv)
    thread.join()


class Manager(BaseManager):
    pass


items = queue.Queue()
Manager.register('items', callable=lambda: items)
managing = Manager(address=('127.0.0.1', 0), authkey=b'key').get_server()
threading.Thread(target=managing.serve_forever, daemon=True).start()
manager = Manager(address=managing.address, authkey=b'key')
manager.connect()
manager.items().put('item')
show('managed', lambda: (items.get(), manager.items().qsize()))
