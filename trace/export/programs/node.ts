import type { Conversation, Step } from '../conversation.ts';
import { javascriptBytes, javascriptString, rowsOf } from './literal.ts';
import { ADDRESS_USAGE, indent, missingLines } from './program-text.ts';

/** The conversation as a module for Node.js 18 or later, without any package. */
export function nodeProgram(conversation: Conversation): string {
  const { transport, role, steps } = conversation;
  const isUdp = transport === 'udp';
  return [
    '#!/usr/bin/env node',
    '// The same conversation again: the same chunks are sent, as many bytes are waited for.',
    ...missingLines(conversation).map((line) => `// ${line}`),
    `// Usage: node conversation.mjs ${ADDRESS_USAGE[transport]}`,
    ...imports(conversation),
    '',
    ...parameters(conversation),
    ...(isUdp ? OPEN_UDP : role === 'accept' ? LISTEN : open(transport)),
    ...(isUdp ? RECEIVE_UDP : RECEIVE),
    '',
    '// A character a byte (Latin-1).',
    "const show = (data) => console.log(JSON.stringify(data.toString('latin1')));",
    '',
    ...steps.flatMap((step) => statement(step, isUdp)),
    // A socket that the recording left open would keep the program from ending.
    ...(steps.some(({ kind }) => kind === 'close' || kind === 'reset')
      ? []
      : [isUdp ? 'socket.close();' : 'socket.destroySoon();']),
    '',
  ].join('\n');
}

function imports({ transport, role }: Conversation): string[] {
  if (transport === 'udp') {
    return [
      "import { createSocket } from 'node:dgram';",
      "import { lookup } from 'node:dns/promises';",
      "import { once } from 'node:events';",
    ];
  }
  const name = role === 'accept' ? 'createServer' : 'connect';
  return ["import { once } from 'node:events';", `import { ${name} } from 'node:net';`];
}

function parameters({ transport, endpoint }: Conversation): string[] {
  if (transport === 'unix') return [`const path = process.argv[2] ?? ${javascriptString(endpoint.host)};`, ''];
  return [
    `const host = process.argv[2] ?? ${javascriptString(endpoint.host)};`,
    `const port = Number(process.argv[3] ?? ${endpoint.port});`,
    '',
  ];
}

function open(transport: Conversation['transport']): string[] {
  return [
    '// allowHalfOpen: when the peer has sent its last byte, we may still send ours.',
    transport === 'unix'
      ? 'const socket = connect({ path, allowHalfOpen: true });'
      : 'const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });',
    "await once(socket, 'connect');",
    ...STREAM_FAILURES,
  ];
}
const STREAM_FAILURES = [
  "socket.on('error', fail);",
  "socket.setTimeout(10_000, () => fail(new Error('nothing moved for 10 s')));",
  '',
];
const LISTEN = [
  '// allowHalfOpen: when the peer has sent its last byte, we may still send ours.',
  'const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(port, host);',
  "await once(server, 'listening');",
  "console.log('listening on', server.address());",
  "const [socket] = await once(server, 'connection');",
  'server.close();',
  ...STREAM_FAILURES,
];
const OPEN_UDP = [
  'const { address, family } = await lookup(host);',
  "const socket = createSocket(family === 6 ? 'udp6' : 'udp4');",
  '// UDP does not connect: this only says where send() goes and from whom messages are taken.',
  'socket.connect(port, address);',
  "await once(socket, 'connect');",
  "socket.on('error', fail);",
  '',
];

const FAIL = ['', 'function fail(error) {', '  console.error(error.message);', '  process.exit(1);', '}'];
const RECEIVE = [
  'let inbox = Buffer.alloc(0);',
  'let isEnded = false;',
  'let wake = () => {};',
  "socket.on('data', (chunk) => {",
  '  inbox = Buffer.concat([inbox, chunk]);',
  '  wake();',
  '});',
  "socket.on('end', () => {",
  '  isEnded = true;',
  '  wake();',
  '});',
  '',
  '/** Waits for `count` bytes: TCP is a stream, one event may bring fewer than were sent together, or more. */',
  'async function receive(count) {',
  '  while (inbox.length < count && !isEnded) await new Promise((resolve) => (wake = resolve));',
  '  const data = inbox.subarray(0, count);',
  '  inbox = inbox.subarray(data.length);',
  '  return data;',
  '}',
  ...FAIL,
];
const RECEIVE_UDP = [
  'const inbox = [];',
  'let wake = () => {};',
  "socket.on('message', (message) => {",
  '  inbox.push(message);',
  '  wake();',
  '});',
  '',
  '/** Waits for one datagram: unlike TCP, UDP keeps the borders of what was sent. */',
  'async function receive() {',
  "  const timer = setTimeout(() => fail(new Error('no datagram for 10 s')), 10_000);",
  '  while (inbox.length === 0) await new Promise((resolve) => (wake = resolve));',
  '  clearTimeout(timer);',
  '  return inbox.shift();',
  '}',
  '',
  '/** Resolves when the datagram has left. */',
  'function send(data) {',
  '  return new Promise((resolve) => socket.send(data, (error) => (error ? fail(error) : resolve())));',
  '}',
  ...FAIL,
];

function statement(step: Step, isUdp: boolean): string[] {
  switch (step.kind) {
    case 'send':
      return sendCall(step.bytes, isUdp ? 'await send(' : 'socket.write(');
    case 'receive':
      return [isUdp ? 'show(await receive());' : `show(await receive(${step.count}));`];
    case 'receive-end':
      return ['show(await receive(Number.POSITIVE_INFINITY)); // up to the end: the peer closes its half'];
    case 'half-close':
      return ['socket.end(); // half-close: we send no more, and still receive'];
    case 'close':
      return [isUdp ? 'socket.close();' : 'socket.destroySoon();'];
    case 'reset':
      return [
        "await new Promise((resolve) => socket.write('', resolve)); // all that was sent has left",
        'socket.resetAndDestroy(); // RST instead of FIN',
      ];
    default:
      return step satisfies never;
  }
}

function sendCall(bytes: Uint8Array, call: string): string[] {
  const rows = rowsOf(bytes).map(javascriptBytes);
  const open = `${call}Buffer.from(`;
  if (rows.length === 1) return [`${open}${rows[0]}, 'latin1'));`];
  const joined = rows.map((row, index) => (index < rows.length - 1 ? `${row} +` : `${row},`));
  return [open, ...indent([...joined, "'latin1',"], 1, '  '), '));'];
}
