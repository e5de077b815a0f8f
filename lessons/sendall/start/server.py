import socket

with socket.create_server(('127.0.0.1', 8042)) as server:
    while True:
        conn, addr = server.accept()
        input('Enter: read all of it ')
        count = 0
        while data := conn.recv(65536):
            count += len(data)
        print('read', count, 'bytes')
        conn.close()
