# First by hand, then with the standard library: the server reads both the same way.
import socket
import urllib.request

with socket.create_connection(('127.0.0.1', 8080)) as conn:
    conn.sendall(b'GET /by-hand HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    answer = b''
    while chunk := conn.recv(1024):
        answer += chunk
print(answer.decode())

with urllib.request.urlopen('http://127.0.0.1:8080/by-urllib') as response:
    print(response.status, response.headers['Content-Type'])
    print(response.read().decode())
