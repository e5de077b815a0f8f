import socket

ADDR = ('127.0.0.1', 8009)

client = socket.create_connection(ADDR)
while True:
    data = input('>>> ')
    if not data:
        continue
    client.send(data.encode())
    answer = client.recv(1024)
    if not answer:
        break
    print(answer.decode())
client.close()
