import socket
import struct


def frame(text):
    data = text.encode()
    return struct.pack('!I', len(data)) + data


with socket.create_connection(('127.0.0.1', 8030)) as conn:
    conn.sendall(frame('one') + frame('two') + frame('three'))
print('sent')
