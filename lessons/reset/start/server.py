import select
import socket

with socket.create_server(('127.0.0.1', 8044)) as server:
    while True:
        conn, addr = server.accept()
        select.select([conn], [], [])  # until something is there to read
        conn.close()
        print('closed without reading')
