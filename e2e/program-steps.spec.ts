import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './python-bench.ts';

const { steps } = en.program;
const HOST = '127.0.0.1';
const SERVER = `import socket
listener = socket.socket()
listener.bind(('${HOST}', 8054))
listener.listen(5)
conn, addr = listener.accept()
first = conn.recv(5)
rest = conn.recv(1024)
conn.close()
`;
const CLIENT = `import socket
greeting = b'hello python'
client = socket.socket()
client.connect(('${HOST}', 8054))
client.send(greeting)
print(client.recv(10))
`;

test('two programs stand between calls: their lines, variables and sockets, and the bytes between them', async ({
  bench: { page, server, client },
}) => {
  await server.write(SERVER);
  await client.write(CLIENT);
  const toolbar = page.getByRole('toolbar', { name: steps.toolbar });
  const press = (name: string, file: string) => page.getByRole('button', { name: `${name}: ${file}` }).click();
  const [ofServer, ofClient] = [server, client].map(({ file }) =>
    page.getByRole('region', { name: steps.ofProgram(file) }),
  );
  if (!ofServer || !ofClient) throw new Error('two programs');
  const channel = page.getByRole('article', { name: /^Connection of server\.py fd \d+ and client\.py fd \d+/ });

  await toolbar.getByRole('button', { name: steps.pause }).click();
  await server.run.click();
  for (const call of ['socket', 'bind', 'listen', 'accept']) {
    await expect(ofServer).toContainText(steps.stands(call));
    if (call === 'listen') await expect(ofServer).toContainText('socket fd=3');
    await press(steps.next, 'server.py');
  }
  await expect(ofServer).toContainText(steps.waits('accept'));
  await expect(ofServer.getByRole('table', { name: steps.table('server.py') })).toContainText('main thread: accept');

  await client.run.click();
  await expect(ofClient).toContainText(steps.stands('socket'));
  await expect(ofClient).toContainText("b'hello python'");
  await press(steps.next, 'client.py');
  await expect(ofClient).toContainText(steps.stands('connect'));
  await press(steps.next, 'client.py');
  // The server's accept() has returned: it stands before its next call, in front of which nothing has come.
  await expect(ofServer).toContainText(steps.stands('recv'));
  await expect(ofClient).toContainText(steps.stands('send'));
  await expect(channel).toContainText(steps.nothingUnread('server.py'));
  await press(steps.next, 'client.py');
  await expect(channel).toContainText(`${steps.unread('server.py')} b'hello python'`);
  await expect(channel).toContainText(steps.receiveBuffer('12 B'));
  await press(steps.next, 'server.py');
  await expect(channel).toContainText(`${steps.unread('server.py')} b' python'`);
  await expect(ofServer.getByRole('row', { name: 'first' })).toContainText("b'hello'");
  await expect(server.editor).toContainText(steps.stands('recv'));
  const main = steps.mainThread;
  await page.getByRole('textbox', { name: steps.console.input('server.py', main) }).fill('len(first) * 100');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log', { name: steps.console.log('server.py', main) })).toContainText('500');
  await expectAccessible(page);

  await toolbar.getByRole('button', { name: steps.resume }).click();
  await expect(server.state).toHaveText('ended');
  await expect(client.state).toHaveText(/ended/);
});

test('threads, select and asyncio stand too, and Stop reaches who stands', async ({ bench: { page, server } }) => {
  await server.write(`import asyncio, select, socket, threading
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
`);
  const toolbar = page.getByRole('toolbar', { name: steps.toolbar });
  const ofServer = page.getByRole('region', { name: steps.ofProgram('server.py') });
  const next = page.getByRole('button', { name: `${steps.next}: server.py` });
  await toolbar.getByRole('button', { name: steps.pause }).click();
  await server.run.click();
  const thread = ofServer.getByRole('article').filter({ hasText: 'worker' });
  await expect(thread).toContainText(steps.stands('socket'));
  await expect(thread).toContainText("'in the thread'");
  await expect(ofServer.getByRole('article').filter({ hasText: 't.join()' })).toContainText(steps.waits('join'));
  await next.click();
  await expect(thread).toContainText(steps.stands('select'));
  await next.click();
  await expect(thread).toContainText(steps.stands('close'));
  await next.click();
  await expect(ofServer).toContainText(/asyncio\.run/);
  await expect(ofServer).toContainText(steps.stands('select'));
  await server.stop.click();
  await expect(server.state).toHaveText(/ended/);
  await toolbar.getByRole('button', { name: steps.resume }).click();
});
