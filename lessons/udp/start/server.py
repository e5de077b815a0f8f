import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 8045))
print('reading on', server.getsockname())
while True:
    data, addr = server.recvfrom(1024)
    print(addr, 'says', data)
