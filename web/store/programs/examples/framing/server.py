# TCP has no messages. Four bytes with the length before each one make them.
import socket
import struct


def receive_exactly(conn, count):
    data = b''
    while len(data) < count:
        chunk = conn.recv(count - len(data))
        if not chunk:
            raise EOFError(f'the stream ended {count - len(data)} bytes early')
        data += chunk
    return data


with socket.create_server(('127.0.0.1', 8030)) as server:
    print('waiting for messages...')
    while True:
        conn, addr = server.accept()
        with conn:
            try:
                while True:
                    (length,) = struct.unpack('!I', receive_exactly(conn, 4))
                    message = receive_exactly(conn, length)
                    print(length, 'bytes:', message.decode())
            except EOFError:
                print('...gone:', addr)
