import socketserver
import time


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        print('...connected from:', self.client_address)
        while True:
            data = self.request.recv(1024)
            if not data:
                break
            self.request.send(('%s %s' % (time.ctime(), data)).encode())


socketserver.ThreadingTCPServer.allow_reuse_address = True
server = socketserver.ThreadingTCPServer(('127.0.0.1', 8010), EchoHandler)
server.serve_forever()
