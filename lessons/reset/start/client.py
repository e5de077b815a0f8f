import socket

client = socket.create_connection(('127.0.0.1', 8044))
client.send(b'nobody reads this')
print(client.recv(1024))
client.close()
