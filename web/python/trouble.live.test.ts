import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground } from '../../testing/playground.ts';
import { PythonNode } from './testing/python-node.ts';

/** Only ends what hangs: a whole Python starts. */
const PYTHON_MAX = 60_000;

test(
  'trouble between programs: what one sends is cut off for the other, and the server’s peer is the proxy',
  async () => {
    const playground = await startTestPlayground();
    onTestFinished(() => playground.close());
    const page = await PythonNode.open(playground.url);
    onTestFinished(() => page.close());
    const process = page.start(`import socket
input()
listener = socket.create_server(('127.0.0.1', 8009))
client = socket.create_connection(('127.0.0.1', 8009))
conn, address = listener.accept()
print(client.getpeername(), conn.getsockname(), address == client.getsockname())
client.send(b'whole')
print(conn.recv(100))
conn.send(b'hello')
got = b''
while part := client.recv(100):
    got += part
print(got)
`);
    onTestFinished(() => process.kill());
    process.setTrouble({ limit: 3, direction: 'down' });
    process.type('');
    expect((await process.ended).output.trimEnd().split('\n')).toEqual([
      "('127.0.0.1', 8009) ('127.0.0.1', 8009) False",
      "b'whole'",
      "b'hel'",
    ]);
    const [listener, client, accepted] = [...process.heads.values()];
    expect(client?.proxy).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) });
    expect(client?.proxy?.port).not.toBe(8009);
    expect(client?.onward).toEqual(accepted?.remote);
    expect([listener?.proxy, accepted?.proxy]).toEqual([undefined, undefined]);
  },
  PYTHON_MAX,
);
