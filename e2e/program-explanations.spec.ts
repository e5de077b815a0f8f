import { expect } from '@playwright/test';
import { en } from '../web/i18n/en.ts';
import { test } from './python-bench.ts';

const { kinds } = en.program.fault;
type Kind = keyof typeof kinds;
/** What provokes the error, and what of it stands in the card. `isFixed`: the program runs to its end with the line fixed. */
type Case = { readonly kind: Kind; readonly isFixed?: boolean; readonly value?: string; readonly source: string };

/** A connection within one program, so that a case needs no other. */
const PAIR = `from socket import *
listener = create_server(('127.0.0.1', 0))
port = listener.getsockname()[1]
c = socket()
`;
const CONNECTED = `${PAIR}c.connect(('127.0.0.1', port))
conn, addr = listener.accept()
`;

const GROUPS: readonly (readonly Case[])[] = [
  [
    { kind: 'text-not-bytes', isFixed: true, source: `${CONNECTED}c.send('hi', 0)\n` },
    { kind: 'text-not-bytes', isFixed: true, source: `${CONNECTED}listener.send('[%s]' % addr[1])\n` },
    { kind: 'listener-not-connection', isFixed: true, source: `${CONNECTED}listener.send(b'hi')\n` },
  ],
  [
    { kind: 'text-beside-bytes', isFixed: true, source: `b'a b'.split(' ')\n` },
    { kind: 'text-beside-bytes', source: `print('got ' + b'data')\n` },
    { kind: 'encode-on-bytes', isFixed: true, source: `${CONNECTED}c.send(b'hi'.encode())\n` },
    { kind: 'bytes-without-encoding', isFixed: true, source: `${CONNECTED}c.send(bytes('hi'))\n` },
  ],
  [
    { kind: 'address-not-pair', isFixed: true, source: `${PAIR}c.connect('127.0.0.1', port)\n` },
    { kind: 'port-not-number', isFixed: true, source: `${PAIR}text = str(port)\nc.connect(('127.0.0.1', text))\n` },
    { kind: 'address-has-comma', isFixed: true, source: `${PAIR}c.connect(('127,0.0.1', port))\n` },
  ],
  [
    { kind: 'name-unknown', source: `${PAIR}c.connect(('nowhere.invalid', port))\n` },
    { kind: 'nobody-listens', source: `${PAIR}listener.close()\nc.connect(('127.0.0.1', port))\n` },
    {
      kind: 'port-in-use',
      source: `${CONNECTED}conn.close()\nc.close()\nlistener.close()\nsocket().bind(('127.0.0.1', port))\n`,
    },
    { kind: 'timed-out', source: `${CONNECTED}c.settimeout(0.05)\nc.recv(10)\n` },
    {
      kind: 'no-broadcast',
      source: `from socket import *\nsocket(AF_INET, SOCK_DGRAM).sendto(b'x', ('255.255.255.255', 9))\n`,
    },
  ],
  [
    { kind: 'indentation', source: `while True:\nprint('x')\n` },
    { kind: 'python-2', isFixed: true, source: `print 'hello'\n` },
    { kind: 'decode-on-text', isFixed: true, source: `print('hi'.decode('utf-8'))\n` },
  ],
  [
    { kind: 'no-argument', source: `import sys\nhost = sys.argv[1]\n` },
    { kind: 'no-such-module', value: 'requests', source: `import requests\n` },
    { kind: 'character-cut', source: `b'\\xe4'.decode()\n` },
    {
      kind: 'text-beside-bytes',
      source: `import threading\ndef work():\n    return 'a' + b'b'\nt = threading.Thread(target=work, name='worker')\nt.start()\nt.join()\n`,
    },
  ],
];

for (const cases of GROUPS) {
  test(`${cases[0]?.kind} and its like are explained, and a fixed line runs`, async ({ bench: program }) => {
    const { client } = program;
    const alert = client.pane.getByRole('alert');
    for (const { kind, isFixed, value = '', source } of cases) {
      await client.write(source);
      await client.run.click();
      await expect(alert).toContainText(kinds[kind].what(value));
      await expect(client.state).toHaveText(/ended/);
      if (!isFixed) continue;
      await alert.getByRole('button', { name: en.program.fault.fix }).click();
      await expect(alert).toHaveCount(0);
      await client.run.click();
      await expect(client.state).toHaveText('ended');
      await expect(alert).toHaveCount(0);
    }
  });
}

test('a thread that fails is marked while the program goes on', async ({ bench: program }) => {
  const { server, client } = program;
  await server.write(
    `import socketserver\nclass Handler(socketserver.BaseRequestHandler):\n    def handle(self):\n        self.request.send('%s' % self.request.recv(10))\nwith socketserver.ThreadingTCPServer(('127.0.0.1', 8052), Handler) as s:\n    s.handle_request()\n    input()\n`,
  );
  await client.write(
    `from socket import *\nimport time\nwhile True:\n    try:\n        c = create_connection(('127.0.0.1', 8052))\n        break\n    except ConnectionRefusedError:\n        time.sleep(0.05)\nc.send(b'hi')\nprint(c.recv(10))\n`,
  );
  await program.page.getByRole('button', { name: en.program.runBoth }).click();
  const alert = server.pane.getByRole('alert');
  await expect(alert).toContainText('Line 4: TypeError It ended the thread');
  await expect(alert).toContainText(kinds['text-not-bytes'].what());
  await expect(server.pane.getByText("TypeError: a bytes-like object is required, not 'str'").first()).toBeVisible();
  await expect(server.state).toHaveText('waiting for you');
  await server.type('');
  await expect(server.state).toHaveText('ended');
});
