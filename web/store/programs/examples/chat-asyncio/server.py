# The same chat room as coroutines: await marks every place where others may run.
import asyncio

guests = {}


async def tell_all(text, but=None):
    print(text)
    for writer in list(guests):
        if writer is not but:
            writer.write((text + '\n').encode())
            await writer.drain()


async def serve(reader, writer):
    name = 'guest %d' % writer.get_extra_info('peername')[1]
    guests[writer] = name
    await tell_all(f'* {name} comes in, {len(guests)} here')
    while line := await reader.readline():
        await tell_all(f'<{name}> {line.decode().rstrip()}', but=writer)
    del guests[writer]
    writer.close()
    await tell_all(f'* {name} leaves')


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 8020)
    print('chat on', server.sockets[0].getsockname())
    await server.serve_forever()


asyncio.run(main())
