import socket

client = socket.create_connection(('127.0.0.1', 8043))
client.sendall(b'all that I have to say')
client.shutdown(socket.SHUT_WR)
print(client.recv(1024).decode())
client.close()
