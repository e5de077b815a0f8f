import socket

ADDR = ('127.0.0.1', 8009)
BUF_SIZE = 1024

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(ADDR)

while True:
    data = input('>>> ')
    if not data:
        break
    client.send(bytes(data, encoding='utf-8'))
    recv_data = client.recv(BUF_SIZE)
    if not recv_data:
        break
    print(recv_data.decode())

client.close()
