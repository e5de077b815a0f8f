import socket

client = socket.create_connection(('127.0.0.1', 8044))
client.send(b'nobody reads this')
try:
    print(client.recv(1024))
except ConnectionResetError as error:
    print(error)
try:
    client.send(b'again')
except BrokenPipeError as error:
    print(error)
client.close()
