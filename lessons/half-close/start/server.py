import socket

with socket.create_server(('127.0.0.1', 8043)) as server:
    while True:
        conn, addr = server.accept()
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(f'{count} bytes'.encode())
        conn.close()
