import socket

with socket.create_server(('127.0.0.1', 8041)) as server:
    conn, addr = server.accept()
    print('...connected from:', addr)
    with conn:
        print('recv returned', conn.recv(1024))
