import socket
import struct

with socket.create_server(('127.0.0.1', 8030)) as server:
    print('waiting for messages...')
    while True:
        conn, addr = server.accept()
        with conn:
            while True:
                (length,) = struct.unpack('!I', conn.recv(4))
                print(length, 'bytes:', conn.recv(length).decode())
