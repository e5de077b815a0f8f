import socket

client = socket.create_connection(('127.0.0.1', 8013))
client.send(b'silent\n')
print(client.recv(1024).decode())
client.settimeout(2)
client.send(b'anybody?')
try:
    print(client.recv(1024).decode())
except TimeoutError:
    print('timed out: nobody said anything')
client.close()
