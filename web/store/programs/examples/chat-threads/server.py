# A chat room: one thread for each guest, one lock around the list of them.
import socket
import threading

guests = {}
lock = threading.Lock()


def tell_all(text, but=None):
    print(text)
    with lock:
        for guest in guests:
            if guest is not but:
                guest.sendall((text + '\n').encode())


def serve(conn):
    with conn, conn.makefile('r', encoding='utf-8') as lines:
        conn.sendall(b'your name? ')
        name = lines.readline().strip() or 'nobody'
        with lock:
            guests[conn] = name
        tell_all(f'* {name} comes in, {len(guests)} here')
        try:
            for line in lines:
                tell_all(f'<{name}> {line.rstrip()}', but=conn)
        except ConnectionResetError:
            pass
        with lock:
            del guests[conn]
        tell_all(f'* {name} leaves')


with socket.create_server(('127.0.0.1', 8020)) as server:
    print('chat on', server.getsockname())
    while True:
        conn, addr = server.accept()
        threading.Thread(target=serve, args=(conn,), daemon=True).start()
