import socket

client = socket.create_connection(('127.0.0.1', 8010))
client.send('hello'.encode())
print(client.recv(1024).decode())
client.close()
