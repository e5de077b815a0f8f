# Another program, the same port.
import socket

other = socket.socket()
other.bind(('127.0.0.1', 8040))
print('got it: server.py no longer has it')
