import socket
import time

client = socket.create_connection(('127.0.0.1', 8041))
client.send(b'hello')
print('sent hello')
time.sleep(60)
client.close()
