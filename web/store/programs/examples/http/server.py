# HTTP by hand: lines of text, an empty line, a body. RFC 9112 has the rest.
import socket

with socket.create_server(('127.0.0.1', 8080)) as server:
    print('http://127.0.0.1:8080/')
    while True:
        conn, addr = server.accept()
        with conn:
            request = b''
            while b'\r\n\r\n' not in request:
                chunk = conn.recv(1024)
                if not chunk:
                    break
                request += chunk
            first = request.split(b'\r\n')[0].decode()
            print(addr, first)
            body = f'You asked: {first}\n'.encode()
            conn.sendall(
                b'HTTP/1.1 200 OK\r\n'
                b'Content-Type: text/plain; charset=utf-8\r\n'
                b'Content-Length: %d\r\n'
                b'Connection: close\r\n'
                b'\r\n' % len(body) + body
            )
