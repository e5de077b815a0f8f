import socket

client = socket.create_connection(('127.0.0.1', 8010))
client.send('hello'.decode())
print(client.recv(1024))
client.close()
