import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { filesCommand, gatewayCommand, netcatCommand, PASTE_MAX, reachedFrom, runCommand } from './outside-commands.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a shell writes each file as it is, and goes into their folder', () => {
  const here = mkdtempSync(join(tmpdir(), 'outside-'));
  onTestFinished(() => rmSync(here, { recursive: true }));
  const files = [
    { name: 'server.py', bytes: bytes("print('it''s', \"$HOME\", `x`)\nEND\n\\\n") },
    { name: "data/it's here.bin", bytes: Uint8Array.from({ length: 256 }, (_, value) => value) },
    { name: 'no-end.txt', bytes: bytes('no line feed') },
    { name: 'tab.txt', bytes: bytes('\tindented\n') },
    { name: 'empty.txt', bytes: bytes('') },
  ];
  const command = filesCommand("Bob's programs $(exit)", files) ?? '';
  const where = execFileSync('sh', { input: `${command}pwd\n`, cwd: here, encoding: 'utf8' }).trim();
  expect(where.endsWith("/Bob's programs $(exit)")).toBe(true);
  for (const { name, bytes: written } of files) expect([...readFileSync(join(where, name))]).toEqual([...written]);
});

test('what is too much for a terminal is not pasted into one', () => {
  expect(filesCommand('x', [{ name: 'a', bytes: new Uint8Array(PASTE_MAX + 1) }])).toBeUndefined();
});

test.each([
  [{ file: 'server.py' }, 'python3 server.py'],
  [{ file: 'client.py', args: '127.0.0.1 "a b"' }, "python3 client.py 127.0.0.1 'a b'"],
  [{ file: 'client.py', args: '; rm -rf ~' }, "python3 client.py ';' rm -rf '~'"],
  [{ file: 'client.py', args: "it's" }, 'python3 client.py'],
  [{ file: '-c.py' }, 'python3 ./-c.py'],
])('a program is run with its arguments, and with nothing else: %j', (program, command) => {
  expect(runCommand(program)).toBe(command);
});

const LISTENER = { kind: 'listen', isOver: false, local: { host: '0.0.0.0', port: 8009 }, remote: undefined } as const;

test('who listens or is bound is reached at the port that the playground lends', () => {
  const [tcp, udp, ...others] = reachedFrom([
    { ...LISTENER, outside: { host: '127.0.0.1', port: 20_417 } },
    { ...LISTENER, kind: 'udp', outside: undefined },
    { ...LISTENER, isOver: true, outside: undefined },
    { ...LISTENER, kind: 'udp', remote: { host: '127.0.0.1', port: 1 }, outside: undefined },
    { ...LISTENER, kind: 'tcp', outside: undefined },
    { ...LISTENER, local: undefined, outside: undefined },
  ]);
  expect(others).toEqual([]);
  expect(tcp && netcatCommand(tcp)).toBe('nc 127.0.0.1 20417');
  expect(udp && netcatCommand(udp)).toBe('nc -u 127.0.0.1 8009');
  expect(tcp && gatewayCommand(tcp, 'https://school.example/')).toBe(
    'npx socket-playground connect --gateway https://school.example/ 127.0.0.1 20417',
  );
  expect(udp && gatewayCommand(udp, 'https://school.example/')).toBeUndefined();
});
