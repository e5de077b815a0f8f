import { expect, test } from 'vitest';
import type { LookedThread, ProcessLook } from './process-look.ts';
import { pythonPage } from './testing/python-page.ts';

const start = pythonPage();
const threadIn = (look: ProcessLook, call: string, doing: LookedThread['doing']) =>
  look.threads.find((thread) => thread.call === call && thread.doing === doing);

test('threads, select and asyncio stand before their calls, with their lines and variables; Stop reaches who stands', async () => {
  const process = start(
    `import asyncio, select, socket, threading
def work():
    name = 'in the thread'
    s = socket.socket()
    select.select([s], [], [], 0.01)
t = threading.Thread(target=work, name='worker')
t.start()
t.join()
async def main():
    await asyncio.sleep(0.01)
asyncio.run(main())
while True:
    socket.socket().close()
`,
    true,
  );
  /** Waits until a thread stands before the call, and lets it make it. */
  const pass = async (call: string): Promise<LookedThread | undefined> => {
    await process.looked((look) => threadIn(look, call, 'stands') !== undefined);
    const thread = process.look && threadIn(process.look, call, 'stands');
    process.look = undefined;
    process.setPace('next');
    return thread;
  };
  expect(await pass('socket')).toMatchObject({
    name: 'worker',
    frames: [{ name: 'work', line: 4 }],
    variables: { name: "'in the thread'" },
  });
  expect(await pass('select')).toMatchObject({ name: 'worker', variables: { s: 'socket fd=3' } });
  expect(await pass('close')).toMatchObject({ name: 'worker', frames: [] });
  expect(await pass('select')).toMatchObject({ name: '', frames: [{ name: '', line: 11 }] });
  await process.looked((look) => threadIn(look, 'socket', 'stands') !== undefined);
  process.interrupt();
  expect(await process.ended).toMatchObject({ code: 130 });
});

test('a listener that waits, a connection, and the bytes that wait in it', async () => {
  const process = start(
    `import socket, threading
listener = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(listener.getsockname())
conn, _ = listener.accept()
client.sendall(b'hello python')
assert conn.recv(5, socket.MSG_PEEK) == b'hello'
print('sent', flush=True)
threading.Thread(target=listener.accept, name='waits', daemon=True).start()
input()
print(conn.recv(5))
`,
    false,
  );
  await process.printed('sent');
  process.setPace('pause');
  await process.looked(
    (look) => threadIn(look, 'accept', 'stands') !== undefined || threadIn(look, 'accept', 'waits') !== undefined,
  );
  process.type('go on');
  await process.looked((look) => threadIn(look, 'recv', 'stands') !== undefined);
  const sockets = process.look?.sockets ?? [];
  expect(sockets.map(({ state, unread }) => [state, unread])).toEqual([
    ['LISTEN', 0],
    ['ESTABLISHED', 0],
    ['ESTABLISHED', 12],
  ]);
  process.setPace('resume');
  expect(await process.ended).toEqual({ code: 0, output: "sent\nb'hello'\n", error: '' });
});

test('an exception in a thread, in a handler of a server and in a task is told, with its line; the program goes on', async () => {
  const process = start(
    `import asyncio, socket, socketserver, threading
t = threading.Thread(target=lambda: 1 / 0, name='divides')
t.start()
t.join()
class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.send('text')
with socketserver.TCPServer(('127.0.0.1', 0), Handler) as server:
    client = socket.create_connection(server.server_address)
    server.handle_request()
async def main():
    asyncio.get_running_loop().call_soon(lambda: {}['missing'])
    await asyncio.sleep(0)
asyncio.run(main())
print('end')
`,
    false,
  );
  const { code, output } = await process.ended;
  expect([code, output]).toEqual([0, expect.stringMatching(/end\n$/)]);
  expect(process.raised.map(({ line, type, thread }) => [line, type, thread])).toEqual([
    [2, 'ZeroDivisionError', 'divides'],
    [7, 'TypeError', 'MainThread'],
    [12, 'KeyError', 'MainThread'],
  ]);
});

test('a console in the running program: expressions and assignments in a thread’s frame, errors, and nothing that waits', async () => {
  const process = start(
    `import socket
a, b = socket.socketpair()
def serve(count):
    b.send(b'hi')
    input('sent')
    while count < 3:
        socket.socket().close()
    print('count', count)
serve(0)
`,
    false,
  );
  await process.printed('sent');
  process.setPace('pause');
  process.type('');
  await process.looked((look) => threadIn(look, 'socket', 'stands')?.frames[0]?.name === 'serve');
  const ident = process.look?.threads[0]?.ident ?? 0;
  const typed = async (text: string) => {
    const { isThere, ...answer } = await process.evaluate(ident, text);
    expect(isThere).toBe(true);
    return answer;
  };
  expect(await typed('count + 1')).toEqual({ text: '1', isError: false });
  expect(await typed('a.recv(1)')).toEqual({ text: "b'h'", isError: false });
  expect(await typed('a.recv(1), print("seen")')).toEqual({ text: "(b'i', None)", isError: false });
  expect(await typed('a.recv(1)')).toMatchObject({ text: expect.stringContaining('RuntimeError'), isError: true });
  expect(await typed('nothing')).toEqual({ text: "NameError: name 'nothing' is not defined", isError: true });
  expect(await typed('count +')).toMatchObject({ text: expect.stringContaining('SyntaxError'), isError: true });
  expect(await typed('count = 7')).toEqual({ text: '', isError: false });
  await process.looked((look) => look.threads[0]?.variables['count'] === '7');
  expect((await process.evaluate(4_711, '1')).isThere).toBe(false);
  process.setPace('resume');
  expect(await process.ended).toEqual({ code: 0, output: 'sentseen\ncount 7\n', error: '' });
});
