import socket

client = socket.create_connection(('127.0.0.1', 8043))
client.sendall(b'all that I have to say')
client.close()
print(client.recv(1024).decode())
