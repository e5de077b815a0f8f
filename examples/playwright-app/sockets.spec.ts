import { expect, test as sockets } from 'socket-playground/playwright';
import { toxics } from 'socket-playground/testing';
import { Database, sendMailBy, startApp } from './app';

type App = Awaited<ReturnType<typeof startApp>>;
const test = sockets.extend<{ db: Database }, { backend: App }>({
  backend: [
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      app.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ backend }, use) => use(backend.url),
  db: async ({}, use) => {
    const db = new Database();
    await use(db);
    db.close();
  },
});

test('a half answer is shown as an error, not as a result', async ({ page, listenTcp }) => {
  const device = await listenTcp(async (peer) => {
    await peer.readUntil('\n');
    peer.send('x'.repeat(20));
    await peer.expectSilence(50);
    peer.reset();
  });
  await page.goto(`/?device=${device.address}`);
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByRole('alert')).toContainText('connection was reset');
});

test('login is framed as the protocol says', async ({ request, tcpServer, backend }) => {
  backend.pointTo(tcpServer.address);
  const answer = request.post('/login', { data: { user: 'ada' } });
  const peer = await tcpServer.accept();
  await peer.expectBytes([0x00, 0x05, 0x01, 0x61, 0x64, 0x61]);
  peer.send('\x00\x01\x00');
  await expect(await answer).toBeOK();
});

test.describe('where time stands still', () => {
  test.use({ playgroundOptions: { now: '2016-09-15T22:29:12' } });

  test('the echo of the playground itself', async ({ play }) => {
    await play.open();
    await play.connectTo(/Timestamp echo/);
    await play.send('hello python');
    await play.view('stream').click();
    await expect(play.stream).toContainText("[Thu Sep 15 22:29:12 2016] b'hello python'");
  });
});

test('a query survives a reset', async ({ listenTcp, proxyTcp, db }) => {
  // In place of a real one: const proxy = await proxyTcp(5432)
  const server = await listenTcp(async (peer) => {
    for await (const _question of peer.lines()) peer.send('[{"one":1}]\n');
  });
  const proxy = await proxyTcp(server.port);
  await db.connect(proxy.port);
  await expect.poll(() => proxy.connectionCount).toBe(1);
  proxy.strike({ downstream: [toxics.truncate(5)] });
  await expect(db.query('select 1')).resolves.toEqual([{ one: 1 }]); // it has dialled again
  expect(proxy.accepted).toBe(2);
});

test('SMTP over a bad line', async ({ listenTcp, proxyTcp }) => {
  const smtp = await listenTcp(async (peer) => {
    peer.send('220 hi\r\n');
    await peer.expectBytes('EHLO app\r\n');
    peer.send('250 ok\r\n');
    await peer.expectBytes('QUIT\r\n');
    peer.end();
  });
  const line = await proxyTcp(smtp.port, {
    faults: { upstream: [toxics.slicer(3)], downstream: [toxics.latency(200, 50)] },
    seed: 7,
  });
  await sendMailBy(line.port);
  await smtp.done();
});
