# Two sockets cannot be bound to one address and port of one protocol: the second bind fails.
import errno
import socket

first = socket.socket()
first.bind(('127.0.0.1', 8040))
first.listen()
print('first has', first.getsockname())

second = socket.socket()
try:
    second.bind(('127.0.0.1', 8040))
except OSError as error:
    print('second:', error)
    print('that is', errno.errorcode[error.errno])

second.bind(('127.0.0.1', 0))
print('port 0 lets the system choose:', second.getsockname())
input('Run client.py now, then press Enter here. ')
first.close()
second.close()
