import { expect, onTestFinished, test } from 'vitest';
import { noDns } from '../../testing/kit/packaged-playground.ts';
import { startProxiedPlayground } from '../../testing/playground.ts';
import { pythonPage } from './testing/python-page.ts';

type Proxied = Awaited<ReturnType<typeof startProxiedPlayground>>;
const GRACE = 500;
let proxied: Proxied;
/** More than a tab has: whose sockets wait for their turn, their connect() does too, and 0.2 s are over on a fast machine. */
const OPENS = { opensPerSecond: 1_000, opensBurst: 1_000 };
const start = pythonPage(async () => {
  proxied = await startProxiedPlayground({ lookup: noDns, limits: { grace: GRACE, ...OPENS } });
  return proxied;
});

test('os._exit ends the process with its code, whatever other threads wait for, and calls nothing', async () => {
  const { ended } = start(`import atexit, os, socket, threading
atexit.register(print, 'called')
server = socket.create_server(('127.0.0.1', 0))
threading.Thread(target=server.accept).start()
threading.Timer(0.01, lambda: (print('leaves', flush=True), os._exit(3))).start()
server.accept()
`);
  expect(await ended).toEqual({ code: 3, output: 'leaves\n', error: '' });
});

test('what ends the main program is printed in colours, as what ends a thread', async () => {
  const { ended } = start("raise ValueError('at the end')\n");
  expect((await ended).output).toContain('\u001b[1;35mValueError\u001b[0m: \u001b[35mat the end\u001b[0m');
});

test("functions of atexit are called after the last thread, and sys.excepthook is the program's", async () => {
  const { ended } = start(`import atexit, sys, threading, time
atexit.register(print, 'second')
atexit.register(print, 'first')
sys.excepthook = lambda kind, value, trace: print('hook', kind.__name__, value)
threading.Thread(target=lambda: (time.sleep(0.01), print('thread'))).start()
1 / 0
`);
  expect(await ended).toMatchObject({
    code: 1,
    output: 'hook ZeroDivisionError division by zero\nthread\nfirst\nsecond\n',
  });
});

test('the keyboard is read as text, as bytes, by its number and without an echo', async () => {
  const process = start(`import asyncio, getpass, os, sys
print(repr(sys.stdin.readline()), repr(input()), sys.stdin.buffer.readline())
print(os.read(0, 3), os.read(0, 100), repr(getpass.getpass()), repr(open(0, closefd=False).readline()))
print(sys.stdin.isatty(), sys.stdin.fileno(), sys.stdin.name)

async def main():
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    print(await reader.readline())

asyncio.run(main())
`);
  for (const line of ['one', 'two', 'three', 'fourfive', 'secret', 'six', 'seven']) process.type(line);
  expect((await process.ended).output.split('\n')).toEqual([
    `'one\\n' 'two' b'three\\n'`,
    `Password: b'fou' b'rfive\\n' 'secret' 'six\\n'`,
    'True 0 <stdin>',
    `b'seven\\n'`,
    '',
  ]);
  expect(process.echoes).toEqual([false, true]);
});

test('what a tab has not says so in one sentence', async () => {
  const { ended } = start(`import multiprocessing, os, socket, ssl, sys
sys.stdout = sys.stderr

def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

show(lambda: multiprocessing.Process(target=print).start())
show(lambda: __import__('subprocess').run(['ls']))
show(multiprocessing.Lock)
show(multiprocessing.Pool)
show(lambda: os.system('ls'))
show(lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(socket.socket()))
show(lambda: ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO()))
show(lambda: len(bytearray(600 * 2**20)))
show(lambda: len(bytearray(100 * 2**20)))
show(lambda: socket.socket(type=socket.SOCK_DGRAM).setsockopt(0, socket.IP_ADD_MEMBERSHIP, bytes([224, 1, 1, 1, 0, 0, 0, 0])))
`);
  const oneProcess = 'OSError [Errno 38] Function not implemented (a tab has one process: use threading)';
  const noTls = 'NotImplementedError TLS is not available in a browser tab: Pyodide has no OpenSSL';
  expect((await ended).output.trimEnd().split('\n')).toEqual([
    oneProcess,
    oneProcess,
    oneProcess,
    oneProcess,
    'sh: 1: ls: not found (a tab has no shell)',
    '32512',
    noTls,
    noTls,
    'MemoryError ',
    '104857600',
    'OSError [Errno 19] No such device (a tab has no network interface with multicast)',
  ]);
});

test('the gateway is away: bind takes Ctrl+C; past the grace period accept is told, and other waits', async () => {
  const process = start(`import socket, threading
server = socket.create_server(('127.0.0.1', 0))

def accept():
    try:
        server.accept()
    except OSError as error:
        print(error)

thread = threading.Thread(target=accept)
thread.start()
print('listens', flush=True)
input()
try:
    print('binds', flush=True)
    socket.create_server(('127.0.0.1', 0))
except KeyboardInterrupt:
    print('interrupted')
thread.join()
`);
  await process.printed('listens');
  proxied.proxy.isDown = true;
  onTestFinished(() => {
    proxied.proxy.isDown = false;
  });
  process.type('');
  await process.printed('binds');
  process.interrupt();
  await process.printed('interrupted');
  await expect.poll(() => proxied.server.gateway.sessionCount, { timeout: 10_000 }).toBe(0);
  proxied.proxy.isDown = false;
  expect(await process.ended).toMatchObject({
    code: 0,
    output: 'listens\nbinds\ninterrupted\n[Errno 100] Network is down\n',
  });
});

test('what the gateway does for the sockets of a program: TIME-WAIT, a connect given up, a datagram to nobody', async () => {
  const { ended } = start(`import errno, select, socket

def serve(port, reuses):
    """Listens, takes a connection and closes it first."""
    with socket.socket() as server:
        if reuses:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(('127.0.0.1', port))
        except OSError as error:
            return error.errno
        server.listen()
        client = socket.create_connection(('127.0.0.1', port))
        taken, _ = server.accept()
        taken.shutdown(socket.SHUT_WR)
        client.recv(1)
        client.close()
        taken.recv(1)
        taken.close()

# A port that learners may not have is another one outside: it is refused all the same.
for port in (8009, 20123):
    print('reuse', *[serve(port, reuses) for reuses in (False, False, True)], *[serve(port + 1, reuses) for reuses in (True, True, False)])

server = socket.create_server(('127.0.0.1', 0), backlog=1)
for number in range(5):
    try:
        socket.create_connection(server.getsockname(), timeout=0.2).close()
    except TimeoutError:
        pass
server.settimeout(1.5)
taken = 0
try:
    while True:
        server.accept()
        taken += 1
except TimeoutError:
    print('taken', taken)

client = socket.socket(type=socket.SOCK_DGRAM)
client.settimeout(0.2)
print('sent', client.sendto(b'hello', ('127.0.0.1', 21567)))
try:
    client.recvfrom(100)
except TimeoutError as error:
    print(error)
receiver = socket.socket(type=socket.SOCK_DGRAM)
receiver.bind(('0.0.0.0', 0))
client.sendto(b'still', ('0.0.0.0', receiver.getsockname()[1]))
print(receiver.recv(100))

server = socket.create_server(('127.0.0.1', 0))
address = server.getsockname()
client = socket.socket()
client.setblocking(False)
codes = [client.connect_ex(address)]
select.select([], [client], [])
codes += [client.connect_ex(address), client.connect_ex(address)]
blocking = socket.socket()
codes += [blocking.connect_ex(address), blocking.connect_ex(address)]
print(*[errno.errorcode.get(code, code) for code in codes])
`);
  expect((await ended).output.trimEnd().split('\n')).toEqual([
    'reuse None 98 98 None None 98',
    'reuse None 98 98 None None 98',
    // No connect that was given up is taken. Linux takes the two that its queue holds; one was seen here now and then.
    expect.stringMatching(/^taken [12]$/),
    'sent 5',
    'timed out',
    "b'still'",
    'EINPROGRESS 0 EISCONN 0 EISCONN',
  ]);
});

test('a program finds Linux, and no way past Python into the browser', async () => {
  const { ended } = start(`import importlib, os, sys
for name in ('js', 'pyodide', 'pyodide.code', 'pyodide_js', '_pyodide', '_playground.switching', '_playground_host'):
    try:
        importlib.import_module(name)
        print(name, 'is there')
    except ModuleNotFoundError as error:
        print(error)
print([name for name in sys.modules if 'pyodide' in name or 'playground' in name])
import platform, sysconfig, uuid
print(sys.platform, os.name, platform.system(), platform.node(), uuid.uuid1().version, len(sysconfig.get_config_vars()) > 100)
help(uuid.uuid1)
import asyncio, threading
async def main():
    await asyncio.sleep(0.01)
    return 'slept'
thread = threading.Thread(target=lambda: print(asyncio.run(main())))
thread.start()
thread.join()
print(asyncio.run(main()))
`);
  const { output, code } = await ended;
  expect(code, output).toBe(0);
  const lines = output.trimEnd().split('\n');
  expect(lines.slice(0, 9)).toEqual([
    "No module named 'js'",
    "No module named 'pyodide'",
    "No module named 'pyodide'",
    "No module named 'pyodide_js'",
    "No module named '_pyodide'",
    "No module named '_playground'",
    "No module named '_playground_host'",
    '[]',
    'linux posix Linux playground 1 True',
  ]);
  expect(output).toContain('Generate a UUID');
  expect(lines.slice(-2)).toEqual(['slept', 'slept']);
});

test('a select that nothing woke in time is told where the program waits, and not where a loop of the library does', async () => {
  const { ended, calls } = start(`import select, selectors, socket, socketserver, threading
s = socket.socket(type=socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
print(select.select([s], [], [], 0.05))
poll = select.poll()
poll.register(s, select.POLLIN)
print(poll.poll(20))
loop = selectors.DefaultSelector()
loop.register(s, selectors.EVENT_READ)
print(loop.select(0.05))
server = socketserver.TCPServer(('127.0.0.1', 0), socketserver.BaseRequestHandler)
threading.Timer(0.1, server.shutdown).start()
server.serve_forever(0.01)
print('shut down')
`);
  expect((await ended).output).toBe('([], [], [])\n[]\n[]\nshut down\n');
  const timedOut = { call: 'select', error: 'ETIMEDOUT', text: 'timed out' };
  expect(calls.filter(({ call }) => call === 'select')).toMatchObject([
    { ...timedOut, site: { line: 4 } },
    { ...timedOut, site: { line: 7 } },
    { ...timedOut, site: { line: 10 } },
  ]);
});

test('a name that is looked up stands before the calls that it is for, one that nobody knows too', async () => {
  const { ended, calls } = start(`import asyncio, socket
for name in ('localhost', 'no.such.name.invalid'):
    s = socket.socket()
    try:
        s.connect((name, 1))
    except OSError as error:
        print(type(error).__name__)
socket.gethostbyname(socket.gethostname())
server = socket.create_server(('127.0.0.1', 0))
async def main():
    await asyncio.open_connection('localhost', server.getsockname()[1])
asyncio.run(main())
print('done')
`);
  expect((await ended).output).toBe('ConnectionRefusedError\ngaierror\ndone\n');
  const told = calls.flatMap((one) =>
    'site' in one ? [`${one.site?.line ?? ''} ${one.call} ${one.error ?? one.text}`] : [],
  );
  const lookUps = told.flatMap((line, at) => (line.includes('getaddrinfo') ? [told.slice(at, at + 2)] : []));
  expect(lookUps).toEqual([
    ['5 getaddrinfo localhost 127.0.0.1', '5 connect ECONNREFUSED'],
    ['5 getaddrinfo NAME_UNRESOLVED', expect.any(String)],
    ['8 getaddrinfo playground 127.0.0.1', expect.stringMatching(/^9 socket /)],
    [expect.stringMatching(/getaddrinfo localhost ::1 127\.0\.0\.1$/), expect.stringMatching(/socket /)],
  ]);
});
