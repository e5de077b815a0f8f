"""asyncio on sockets: streams, datagrams, a chat, cancelling."""

import asyncio
import socket


def check(name, coroutine):
    try:
        result = asyncio.run(coroutine())
    except BaseException as error:
        result = f'{type(error).__name__}: {error}'
    print(f'{name:<24}{result!r}')


async def reading():
    async def serve(reader, writer):
        writer.write(await reader.readexactly(4))
        writer.write((await reader.readuntil(b';'))[::-1])
        writer.write_eof()
        try:
            await reader.readexactly(10)
        except asyncio.IncompleteReadError as error:
            heard.append((error.partial, error.expected))
        writer.close()
        await writer.wait_closed()

    heard = []
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.writelines([b'ab', b'cdef;', b'rest'])
        await writer.drain()
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    return answer, heard, server.is_serving()


async def chat():
    members, left = {}, asyncio.Event()

    async def serve(reader, writer):
        name = (await reader.readline()).strip()
        members[name] = writer
        writer.write(b'welcome\n')
        async for line in reader:
            for other, to in members.items():
                if other != name:
                    to.write(name + b': ' + line)
        del members[name]
        writer.close()
        if not members:
            left.set()

    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    async with server:
        lines = []
        clients = []
        for name in (b'ann', b'bob', b'cy'):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(name + b'\n')
            lines.append(await reader.readline())
            clients.append((reader, writer))
        clients[0][1].write(b'hello\n')
        lines += [await reader.readline() for reader, _ in clients[1:]]
        for _, writer in clients:
            writer.close()
        await asyncio.wait_for(left.wait(), 10)
    return lines


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data.upper(), address)


class Ask(asyncio.DatagramProtocol):
    def __init__(self, heard):
        self.heard = heard

    def datagram_received(self, data, address):
        self.heard.set_result(data)


async def datagrams():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=('127.0.0.1', 0))
    heard = loop.create_future()
    address = server.get_extra_info('sockname')
    client, _ = await loop.create_datagram_endpoint(lambda: Ask(heard), remote_addr=address)
    client.sendto(b'quiet')
    answer = await asyncio.wait_for(heard, 10)
    client.close()
    server.close()
    return answer


async def raw():
    """The loop's own calls on a socket that does not block."""
    loop = asyncio.get_running_loop()
    with socket.create_server(('127.0.0.1', 0)) as server, socket.socket() as client:
        server.setblocking(False)
        client.setblocking(False)
        accepting = asyncio.create_task(loop.sock_accept(server))
        await loop.sock_connect(client, server.getsockname())
        conn, _ = await accepting
        with conn:

            async def speak():
                await loop.sock_sendall(conn, b'x' * 1_000_000)
                conn.shutdown(socket.SHUT_WR)

            speaking = asyncio.create_task(speak())
            total = 0
            while data := await loop.sock_recv(client, 65_536):
                total += len(data)
            await speaking
            return total


async def cancelled():
    async def serve(reader, writer):
        try:
            await reader.read(1)
        finally:
            log.append('server left')
            writer.close()

    log = []
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    reading = asyncio.create_task(reader.read(1))
    await asyncio.sleep(0)
    reading.cancel()
    try:
        await reading
    except asyncio.CancelledError:
        log.append('cancelled')
    try:
        async with asyncio.timeout(0.02):
            await reader.read(1)
    except TimeoutError:
        log.append('timeout')
    writer.close()
    while 'server left' not in log:
        await asyncio.sleep(0.01)
    server.close()
    return log


async def groups():
    done = []

    async def fail():
        await asyncio.sleep(0.01)
        raise ValueError('one of them')

    async def wait():
        try:
            await asyncio.sleep(10)
        finally:
            done.append('cancelled')

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(wait())
    except* ValueError as error:
        done.append(str(error.exceptions[0]))
    done.append(await asyncio.to_thread(sum, [1, 2, 3]))
    jobs = asyncio.Queue(1)
    asyncio.get_running_loop().call_soon_threadsafe(jobs.put_nowait, 'from outside')
    done.append(await jobs.get())
    return done


check('streams', reading)
check('chat', chat)
check('datagrams', datagrams)
check('calls of the loop', raw)
check('cancelled', cancelled)
check('groups', groups)
