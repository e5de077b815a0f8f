import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    client.connect(('127.0.0.1', 8009))
    print('connected')
except OSError as error:
    print(error)
client.close()
