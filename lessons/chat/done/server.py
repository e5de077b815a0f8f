# The same chat room without threads: one loop, and select says which sockets have something to say.
import select
import socket

server = socket.create_server(('127.0.0.1', 8020))
server.setblocking(False)
print('chat on', server.getsockname())
guests = {}


def tell_all(text, but=None):
    print(text)
    for guest in guests:
        if guest is not but:
            guest.sendall((text + '\n').encode())


while True:
    readable, _, _ = select.select([server, *guests], [], [])
    for ready in readable:
        if ready is server:
            conn, addr = server.accept()
            guests[conn] = f'guest {addr[1]}'
            tell_all(f'* {guests[conn]} comes in, {len(guests)} here')
            continue
        try:
            data = ready.recv(1024)
        except ConnectionResetError:
            data = b''
        if data:
            tell_all(f'<{guests[ready]}> {data.decode().rstrip()}', but=ready)
        else:
            name = guests.pop(ready)
            ready.close()
            tell_all(f'* {name} leaves')
