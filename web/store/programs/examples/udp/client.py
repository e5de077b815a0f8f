import socket

ADDR = ('127.0.0.1', 21567)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)

while True:
    data = input('> ')
    if not data:
        break
    client.sendto(data.encode(), ADDR)
    try:
        answer, addr = client.recvfrom(1024)
        print(answer.decode())
    except TimeoutError:
        print('no answer: a datagram may be lost, and nobody says so')

client.close()
