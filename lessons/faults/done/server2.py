import socketserver
from time import ctime


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            said = self.request.recv(1024)
            if not said:
                break
            self.request.send(bytes('%s %s' % (ctime(), said), 'utf-8'))


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 8051), Handler).serve_forever()
