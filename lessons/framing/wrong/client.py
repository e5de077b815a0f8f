import socket
import struct
import time


def frame(text):
    data = text.encode()
    return struct.pack('!I', len(data)) + data


with socket.create_connection(('127.0.0.1', 8030)) as conn:
    for text in ['one', 'two', 'three']:
        conn.sendall(frame(text))
        time.sleep(0.5)
print('sent')
