# Datagrams: no connection, no accept. Each recvfrom is one whole datagram, with the address it came from.
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 21567))
print('waiting for datagrams on', server.getsockname())

while True:
    data, addr = server.recvfrom(1024)
    print(addr, 'says', data)
    server.sendto(('[%s] %s' % (time.ctime(), data)).encode(), addr)
