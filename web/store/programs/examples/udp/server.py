# Datagrams: no connection, no accept. Each recvfrom returns one datagram, with the address it came from.
# Of a datagram longer than 1024 bytes the rest is lost.
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 21567))
print('waiting for datagrams on', server.getsockname())

while True:
    data, addr = server.recvfrom(1024)
    print(addr, 'says', data)
    server.sendto(('[%s] %s' % (time.ctime(), data)).encode(), addr)
