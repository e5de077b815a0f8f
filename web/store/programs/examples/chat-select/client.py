# Listens in a thread of its own, so that others can be heard while you type. An empty line leaves.
import socket
import threading


def listen(conn):
    while data := conn.recv(1024):
        print(data.decode(), end='')


with socket.create_connection(('127.0.0.1', 8020)) as conn:
    threading.Thread(target=listen, args=(conn,), daemon=True).start()
    while line := input():
        conn.sendall((line + '\n').encode())
