import socket
import time

with socket.create_server(('127.0.0.1', 8044)) as server:
    while True:
        conn, addr = server.accept()
        time.sleep(0.5)
        conn.close()
        print('closed without reading')
