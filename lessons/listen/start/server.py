import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind('127.0.0.1', 8020)
server.listen(5)
print('listening on', server.getsockname())
server.accept()
