import socket
import struct

with socket.create_server(('127.0.0.1', 8030)) as server:
    print('waiting for messages...')
    while True:
        conn, addr = server.accept()
        with conn:
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                (length,) = struct.unpack('!I', data[:4])
                print(length, 'bytes:', data[4 : 4 + length].decode())
