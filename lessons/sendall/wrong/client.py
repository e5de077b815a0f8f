import socket

data = b'x' * 5_000_000
client = socket.create_connection(('127.0.0.1', 8042))
print('send took', client.send(data), 'of', len(data))
try:
    print('send took', client.send(data))
except BlockingIOError as error:
    print('no room:', error)
client.close()
