import type { Peers } from './peers.ts';

const ROUND_TRIPS = 2_000;

/** Programs that print `name: figure`, run in the tab and, to compare, by CPython. */
export function pingPong({ echo }: Peers): string {
  return `import socket, time
with socket.create_connection(('127.0.0.1', ${echo})) as s:
    for _ in range(300):
        s.sendall(b'x' * 32); s.recv(1024)
    start = time.perf_counter()
    for _ in range(${ROUND_TRIPS}):
        s.sendall(b'x' * 32); s.recv(1024)
    print('ping-pong:', round(${ROUND_TRIPS} / (time.perf_counter() - start)))
`;
}
export function bulk({ sink, source }: Peers): string {
  return `import socket, time
block = b'x' * 65536
with socket.create_connection(('127.0.0.1', ${sink})) as s:
    start = time.perf_counter()
    for _ in range(512):
        s.sendall(block)
    s.shutdown(socket.SHUT_WR)
    count = int(s.recv(100))
    print('up:', round(count / (time.perf_counter() - start) / 1e6, 1))
with socket.create_connection(('127.0.0.1', ${source})) as s:
    start, count = time.perf_counter(), 0
    while data := s.recv(65536):
        count += len(data)
    print('down:', round(count / (time.perf_counter() - start) / 1e6, 1))
`;
}
export const WAITING = `import socket
with socket.create_server(('127.0.0.1', 0)) as s:
    print('waiting: 1')
    s.accept()
`;
export const PRINTING = `number = 0
while True:
    number += 1
    print(number, 'x' * 60)
`;
/** As one prints what was received: a file. */
export const LONG_LINE = `print('x' * 2_000_000)
`;
