"""What is built on sockets in the standard library: select, selectors, socketserver, asyncio, http."""

import asyncio
import http.server
import select
import selectors
import socket
import socketserver
import threading
import urllib.request


def check(name, function):
    try:
        result = function()
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


def select_server():
    with socket.create_server(('127.0.0.1', 0)) as server:
        server.setblocking(False)
        clients = [socket.create_connection(server.getsockname()) for _ in range(3)]
        for number, client in enumerate(clients):
            client.sendall(b'%d' % number)
        sockets, heard = [server], []
        while len(heard) < 3:
            for ready in select.select(sockets, [], [], 5)[0]:
                if ready is server:
                    sockets.append(server.accept()[0])
                else:
                    heard.append(ready.recv(10))
                    ready.sendall(b'ok')
        answers = [client.recv(10) for client in clients]
        idle = select.select(sockets, [], [], 0.02)
        for each in clients + sockets[1:]:
            each.close()
        return sorted(heard), answers, idle


def selecting():
    first, second = socket.socketpair()
    with first, second, selectors.DefaultSelector() as selector:
        selector.register(first, selectors.EVENT_READ, 'first')
        before = selector.select(0.02)
        second.send(b'x')
        return before, [(key.data, events) for key, events in selector.select(5)], first.recv(1)


def polling():
    first, second = socket.socketpair()
    with first, second:
        poll = select.poll()
        poll.register(first, select.POLLIN)
        poll.register(second, select.POLLOUT)
        second.send(b'x')
        return sorted(events for _, events in poll.poll(5_000))


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(b'> ' + line)


def threading_server():
    """The first client says nothing; the others are answered all the same."""
    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever).start()
        clients = [socket.create_connection(server.server_address) for _ in range(3)]
        answers = []
        for client in clients[1:] + clients[:1]:
            client.sendall(b'%d\n' % clients.index(client))
            answers.append(client.recv(100))
        for client in clients:
            client.close()
        server.shutdown()
        return answers


class Upper(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data.upper(), self.client_address)


def datagram_server():
    with socketserver.UDPServer(('127.0.0.1', 0), Upper) as server:
        threading.Thread(target=server.serve_forever).start()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b'abc', server.server_address)
            answer = client.recv(10)
        server.shutdown()
        return answer


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f'you asked for {self.path}'.encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def web():
    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page) as server:
        threading.Thread(target=server.serve_forever).start()
        with urllib.request.urlopen(f'http://127.0.0.1:{server.server_port}/x?y=1', timeout=5) as response:
            answer = response.status, response.read()
        server.shutdown()
        return answer


async def reverse(reader, writer):
    while line := await reader.readline():
        writer.write(line[::-1])
        await writer.drain()
    writer.close()


async def coroutines():
    server = await asyncio.start_server(reverse, '127.0.0.1', 0)
    address = server.sockets[0].getsockname()

    async def ask(text):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(text + b'\n')
        answer = await reader.read(10)
        writer.close()
        return answer

    answers = await asyncio.gather(ask(b'ab'), ask(b'cd'), asyncio.to_thread(lambda: 'in a thread'))
    try:
        await asyncio.open_connection('127.0.0.1', 1)
    except OSError as error:
        answers.append(type(error).__name__)
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.02)
    except asyncio.TimeoutError:
        answers.append('timeout')
    server.close()
    return answers


check('select', select_server)
check('selectors', selecting)
check('poll', polling)
check('socketserver, threads', threading_server)
check('socketserver, UDP', datagram_server)
check('http.server, urllib', web)
check('asyncio', lambda: asyncio.run(coroutines()))
