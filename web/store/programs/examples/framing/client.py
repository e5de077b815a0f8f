# Three messages in one send, and one message in three sends: the server cannot tell, and need not.
import socket
import struct


def frame(text):
    data = text.encode()
    return struct.pack('!I', len(data)) + data


with socket.create_connection(('127.0.0.1', 8030)) as conn:
    conn.sendall(frame('one') + frame('two') + frame('three'))
    whole = frame('a message in pieces')
    for start in range(0, len(whole), 8):
        conn.send(whole[start : start + 8])
print('sent')
