import socket

data = b'x' * 5_000_000
client = socket.create_connection(('127.0.0.1', 8042))
client.sendall(data)
print('all is taken')
client.close()
