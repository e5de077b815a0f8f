# As it is printed in the tutorial, faults and all. Run both, say something, and see what Python thinks of it.
from socket import *
from time import ctime

IP_PORT = ('127.0.0.1', 8009)
BUF_SIZE = 1024

tcp_server = socket(AF_INET, SOCK_STREAM)
tcp_server.bind(IP_PORT)
tcp_server.listen(5)

while True:
    print('waiting for connection...')
    conn, addr = tcp_server.accept()
    print('...connected from:', addr)
    while True:
        data = conn.recv(BUF_SIZE)
        if not data:
            break
        tcp_server.send('[%s] %s' % (ctime(), data))
    conn.close()
