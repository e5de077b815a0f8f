from socket import *

PLACE = ('127.0.0.1', 8050)

client = socket(AF_INET, SOCK_STREAM)
client.connect(PLACE)
while True:
    line = input('> ')
    if not line:
        break
    client.send(bytes(line, 'utf-8'))
    answer = client.recv(1024)
    if not answer:
        break
    print(answer.decode())
client.close()
