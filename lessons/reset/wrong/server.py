import socket

with socket.create_server(('127.0.0.1', 8044)) as server:
    while True:
        conn, addr = server.accept()
        conn.recv(1024)
        conn.close()
        print('read and closed')
