import socket
import struct

client = socket.create_connection(('127.0.0.1', 8020))
print(client.recv(1024).decode(), end='')
client.sendall(b'hello\n')
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
client.close()
print('gone, with a reset')
