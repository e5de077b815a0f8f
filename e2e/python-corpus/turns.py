"""What is always ready lets the rest go on; sleeps are as short as they are asked to be."""

import queue
import select
import selectors
import socket
import threading
import time

RUN = 0.3


def later(call, delay=RUN / 2):
    timer = threading.Timer(delay, call)
    timer.start()
    return timer


def spin(turn):
    """Turns until a timer says so, for a second at the most."""
    is_over = threading.Event()
    timer = later(is_over.set)
    start = time.monotonic()
    while not is_over.is_set() and time.monotonic() - start < 5:
        turn()
    timer.join()
    return is_over.is_set()


server = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(server.getsockname())
taken, _ = server.accept()
print('select of what can be written to', spin(lambda: select.select([taken], [client], [])))
selector = selectors.DefaultSelector()
selector.register(taken, selectors.EVENT_READ | selectors.EVENT_WRITE)
print('selector', spin(selector.select))

later(lambda: client.sendall(b'hello'))
got = b''
start = time.monotonic()
while not got and time.monotonic() - start < 5:
    for key, events in selector.select():
        if events & selectors.EVENT_READ:
            got = key.fileobj.recv(100)
print('bytes come in', got)

there, back = queue.Queue(), queue.Queue()


def hand():
    while (item := there.get()) is not None:
        back.put(item)


handing = threading.Thread(target=hand)
handing.start()
print('a queue to and fro', spin(lambda: (there.put(1), back.get())))
there.put(None)
handing.join()

start = time.monotonic()
for _ in range(50):
    time.sleep(0.001)
took = time.monotonic() - start
print('not too early', took >= 0.05)
