import { test as base, expect } from '@playwright/test';
import type { GatewayLimits } from '../server/gateway/limits.ts';
import { startProxiedPlayground } from '../testing/playground.ts';
import { labPort } from './fixtures.ts';
import { ProgramPage } from './pages/program-page.ts';

const UNLIMITED = { bytesPerSecond: 1e9, bytesBurst: 1e9, framesPerSecond: 1e6, framesBurst: 1e6 };
/** What a room's link carries behind its `#`. */
const TOKEN = 'room-of-the-test';

type Proxied = Awaited<ReturnType<typeof startProxiedPlayground>>;

const test = base.extend<{ limits: Partial<GatewayLimits>; proxied: Proxied; program: ProgramPage }>({
  limits: [UNLIMITED, { option: true }],
  proxied: async ({ limits }, use) => {
    const proxied = await startProxiedPlayground({ limits, token: TOKEN });
    await use(proxied);
    await proxied.close();
  },
  baseURL: async ({ proxied }, use) => use(proxied.url),
  program: async ({ page }, use) => use(new ProgramPage(page)),
});

const echoing = (port: number): string => `import hashlib, socket, threading

CHUNKS, QUARTER = 128, 32
sent, got = hashlib.sha256(), hashlib.sha256()

def send():
    for number in range(CHUNKS):
        chunk = bytes([number]) * 65536
        sent.update(chunk)
        s.sendall(chunk)
        if number % QUARTER == 0:
            print('quarter', number // QUARTER)
    s.shutdown(socket.SHUT_WR)

with socket.create_connection(('127.0.0.1', ${port})) as s:
    sender = threading.Thread(target=send)
    sender.start()
    while data := s.recv(65536):
        got.update(data)
    sender.join()
print('equal' if got.digest() == sent.digest() else 'DIFFERENT')
`;

test('the network is cut under a program in the middle of 8 MB each way: its bytes are equal', async ({
  program,
  proxied: { proxy, server },
}) => {
  test.slow();
  await program.open(`/program#token=${TOKEN}`);
  await program.client.write(echoing(labPort(server, 'Raw echo')));
  await program.client.run.click();
  for (const quarter of [1, 2]) {
    await expect(program.client.output).toContainText(`quarter ${quarter}`, { timeout: 30_000 });
    proxy.reset();
  }
  await expect(program.client.output).toContainText('equal', { timeout: 60_000 });
  // Nothing is left of the program but the page that it ran in.
  await expect.poll(() => server.gateway.sessionCount, { timeout: 10_000 }).toBe(1);
});

test('the worker is shown no token of the playground’s, and no secret of the page’s session', async ({
  page,
  program,
  proxied: { server },
}) => {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    const post = Worker.prototype.postMessage;
    Object.assign(window, { told });
    Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
      told.push(message);
      return post.apply(this, [message, ...rest] as never);
    };
  });
  await program.open(`/program#token=${TOKEN}`);
  await program.client.write(`import socket
with socket.create_connection(('127.0.0.1', ${labPort(server, 'Raw echo')})) as s:
    s.sendall(b'hello')
    print(s.recv(100))
`);
  await program.client.run.click();
  await expect(program.client.output).toContainText("b'hello'");
  const told = JSON.stringify(await page.evaluate(() => (window as unknown as { told: unknown[] }).told));
  expect(told).toContain('"type":"ticket"');
  expect(told).not.toContain(TOKEN);
  expect(told).not.toMatch(/secret/);
});

test.describe('past the grace period', () => {
  test.use({ limits: { ...UNLIMITED, grace: 1_000 } });

  test('a program is told that its connection is lost, as by a reset', async ({ program, proxied }) => {
    test.slow(); // the page comes back in its own time
    const { proxy, server } = proxied;
    await program.open(`/program#token=${TOKEN}`);
    await program.client.write(`import socket
with socket.create_connection(('127.0.0.1', ${labPort(server, 'Raw echo')})) as s:
    print('connected')
    try:
        s.recv(1)
    except ConnectionResetError as error:
        print(repr(error))
`);
    await program.client.run.click();
    await expect(program.client.output).toContainText('connected');
    proxy.isDown = true;
    await expect.poll(() => server.gateway.sessionCount, { timeout: 15_000 }).toBe(0);
    proxy.isDown = false;
    await expect(program.client.output).toContainText('ConnectionResetError(104', { timeout: 30_000 });
  });
});
