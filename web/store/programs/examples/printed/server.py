# With the tutorial's faults. Run both, type a line into the client, and read what Python raises, one fault after the other.
import socket
from time import ctime

IP_PORT = ('127.0.0.1', 8009)
BUF_SIZE = 1024

tcp_server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp_server.bind(IP_PORT)
tcp_server.listen(5)

while True:
    print('waiting for connection...')
    conn, addr = tcp_server.accept()
    print('...connected from:', addr)
    while True:
        data = tcp_server.recv(BUF_SIZE)
        if not data:
            break
        tcp_server.send('[%s] %s' % (ctime(), data))
