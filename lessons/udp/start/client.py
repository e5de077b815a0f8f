import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
while True:
    client.sendto(input('> ').encode(), ('127.0.0.1', 8045))
    try:
        print(client.recvfrom(1024))
    except TimeoutError:
        print('no answer')
