import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { python } from './python.ts';
import { test } from './python-bench.ts';

const CORPUS = fileURLToPath(new URL('./python-corpus/', import.meta.url));
const run = promisify(execFile);

/** Ends what hangs; a machine that does much else at once needs half of it. */
const PROGRAM_MAX = 40_000;

/** The test of truth: what the tab prints is what CPython prints, line by line. */
for (const file of readdirSync(CORPUS).filter((name) => name.endsWith('.py'))) {
  test(`${file} prints in the tab what CPython prints`, async ({ bench: { page, server, example } }) => {
    test.skip(python === undefined, 'no python3 on this machine');
    const native = run(python as string, [`${CORPUS}${file}`], { timeout: 20_000 });
    await example.selectOption({ label: 'Timestamp echo, one client at a time' });
    await server.write(readFileSync(`${CORPUS}${file}`, 'utf8'));
    await server.run.click();
    await expect(server.state).toHaveText(/ended/, { timeout: PROGRAM_MAX });
    await server.pane.getByRole('button', { name: 'Copy' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const lines = copied.split('\n').slice(0, -2);
    const { stdout } = await native;
    const expected = stdout.trimEnd().split('\n');
    const differs = expected.findIndex((line, index) => line !== lines[index]);
    expect(lines[differs], `line ${differs + 1}`).toBe(expected[differs]);
    expect(lines).toEqual(expected);
  });
}

const DATAGRAM_SERVER = `import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('', 9999))
print('bound to', server.getsockname())
data, address = server.recvfrom(1024)
server.sendto(b'heard ' + data, address)
`;
const DATAGRAM_CLIENT = `import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(10)
client.sendto(b'hello', ('localhost', 9999))
print(*client.recvfrom(1024))
`;

test('datagrams on a port that learners may not have: two panes have it all the same', async ({
  bench: { server, client, example },
}) => {
  await example.selectOption({ label: 'Timestamp echo, one client at a time' });
  await server.write(DATAGRAM_SERVER);
  await client.write(DATAGRAM_CLIENT);
  await server.run.click();
  await expect(server.output).toContainText("bound to ('0.0.0.0', 9999)");
  await expect(server.pane).toContainText(/127\.0\.0\.1:2\d{4}/);
  await client.run.click();
  await expect(client.output).toContainText("b'heard hello' ('127.0.0.1', 9999)");
  await expect(server.state).toHaveText('ended');
});

const FORBIDDEN = `import socket
import socketserver

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(('127.0.0.1', 0))
sock.sendto(b'x', ('192.0.2.1', 9))
try:
    sock.recv(10)
except PermissionError as error:
    print('refused', error.errno)
sock.sendto(b'still here', sock.getsockname())
print(sock.recv(10), hasattr(socketserver, 'ForkingMixIn'))
`;

test('what a tab has not: addresses out of bounds, which a socket survives, and a fork', async ({
  bench: { server, example },
}) => {
  await example.selectOption({ label: 'Timestamp echo, one client at a time' });
  await server.write(FORBIDDEN);
  await server.run.click();
  await expect(server.output).toContainText('refused 13');
  await expect(server.output).toContainText("b'still here' False");
});
