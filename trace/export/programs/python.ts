import type { ByteCount } from '../../../protocol/units.ts';
import type { Conversation, Step } from '../conversation.ts';
import { pythonBytes, pythonString, rowsOf } from './literal.ts';
import { ADDRESS_USAGE, hasStep, indent, missingLines, mostInARow } from './program-text.ts';

/** Past this a peer that answers as it reads may fill both directions' buffers: then one must read while one sends. */
const UNREAD_BYTES_SAFE: ByteCount = 65_536;

/** The conversation as a Python 3 program, in the words of the standard library. */
export function pythonProgram(conversation: Conversation): string {
  const { transport, steps } = conversation;
  const isLong = transport !== 'udp' && mostInARow(conversation) > UNREAD_BYTES_SAFE;
  // In the order of the alphabet.
  const needsStruct = hasStep(conversation, 'reset');
  const imports = [...(isLong ? ['select'] : []), 'socket', ...(needsStruct ? ['struct'] : []), 'sys'];
  const body = steps.flatMap((step) => statement(step, transport, isLong));
  const { lines, depth } = opening(conversation);
  return [
    '#!/usr/bin/env python3',
    '"""The same conversation again: the same chunks are sent, as many bytes are waited for.',
    '',
    ...paragraph(missingLines(conversation)),
    `Usage: python3 conversation.py ${ADDRESS_USAGE[transport]}`,
    '"""',
    '',
    ...imports.map((name) => `import ${name}`),
    '',
    ...parameters(conversation),
    '',
    ...(transport === 'udp' ? [] : isLong ? HELPERS_LONG : HELPERS),
    '',
    ...lines,
    ...indent(body.length > 0 ? body : ['pass  # nothing was said'], depth),
    '',
  ].join('\n');
}

function paragraph(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

function parameters({ transport, endpoint }: Conversation): string[] {
  if (transport === 'unix') return [`PATH = sys.argv[1] if len(sys.argv) > 1 else ${pythonString(endpoint.host)}`];
  return [
    `HOST = sys.argv[1] if len(sys.argv) > 1 else ${pythonString(endpoint.host)}`,
    `PORT = int(sys.argv[2]) if len(sys.argv) > 2 else ${endpoint.port}`,
  ];
}

const HELPERS = [
  '',
  'def receive(connection, count):',
  '    """Read until there are count bytes: TCP is a stream, one recv() may return fewer than were sent together."""',
  '    data = bytearray()',
  '    while len(data) < count:',
  '        chunk = connection.recv(min(count - len(data), 65536))',
  '        if not chunk:',
  '            break  # the peer has sent its last byte',
  '        data += chunk',
  '    return bytes(data)',
  '',
];
const HELPERS_LONG = [
  'inbox = bytearray()  # what arrived while we were still sending',
  '',
  '',
  'def send(connection, data):',
  '    """Send data and read meanwhile: if the peer answers as it reads, both would else wait for the other to read."""',
  '    left = memoryview(data)',
  '    watched = [connection]',
  '    while left:',
  '        readable, writable, _ = select.select(watched, [connection], [], 10)',
  '        if readable:',
  '            chunk = connection.recv(65536)',
  '            inbox.extend(chunk)',
  '            watched = [connection] if chunk else []',
  '        if writable:',
  '            left = left[connection.send(left):]',
  '        if not readable and not writable:',
  "            raise TimeoutError('nothing moved for 10 s')",
  '',
  '',
  'def receive(connection, count):',
  '    """Take count bytes, what has arrived already first."""',
  '    while len(inbox) < count:',
  '        chunk = connection.recv(65536)',
  '        if not chunk:',
  '            break  # the peer has sent its last byte',
  '        inbox.extend(chunk)',
  '    data = bytes(inbox[:count])',
  '    del inbox[:count]',
  '    return data',
  '',
];

function opening({ transport, role }: Conversation): { lines: string[]; depth: number } {
  if (role === 'accept') return { lines: LISTEN, depth: 1 };
  if (transport === 'udp') return { lines: OPEN_UDP, depth: 1 };
  if (transport === 'unix') return { lines: OPEN_UNIX, depth: 1 };
  return {
    lines: [
      'with socket.create_connection((HOST, PORT), timeout=10) as connection:',
      '    # Nagle off: small sends leave at once. The receiver may still read them together.',
      '    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)',
    ],
    depth: 1,
  };
}
const LISTEN = [
  'family, kind, protocol, _, address = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)[0]',
  'with socket.create_server(address[:2], family=family) as listener:',
  "    print('listening on', listener.getsockname()[:2], flush=True)",
  '    connection, peer = listener.accept()',
  "    print('connected from', peer[:2], flush=True)",
  '',
  'with connection:',
  '    connection.settimeout(10)',
  '    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)',
];
const OPEN_UDP = [
  'family, kind, protocol, _, address = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_DGRAM)[0]',
  'with socket.socket(family, kind, protocol) as connection:',
  '    connection.settimeout(10)',
  '    # UDP does not connect: this only says where send() goes and from whom recv() takes.',
  '    connection.connect(address)',
];
const OPEN_UNIX = [
  'with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:',
  '    connection.settimeout(10)',
  '    connection.connect(PATH)',
];

function statement(step: Step, transport: Conversation['transport'], isLong: boolean): string[] {
  const isUdp = transport === 'udp';
  switch (step.kind) {
    case 'send':
      return sendCall(step.bytes, isUdp ? 'connection.send(' : isLong ? 'send(connection, ' : 'connection.sendall(');
    case 'receive':
      return [isUdp ? 'print(connection.recv(65535))' : `print(receive(connection, ${step.count}))`];
    case 'receive-end':
      return ['print(receive(connection, sys.maxsize))  # up to the end: the peer closes its half'];
    case 'half-close':
      return ['connection.shutdown(socket.SHUT_WR)  # half-close: we send no more, and still receive'];
    case 'close':
      return ['connection.close()'];
    case 'reset':
      return [
        '# close() with a linger time of 0 sends RST instead of FIN.',
        "connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))",
        'connection.close()',
      ];
    default:
      return step satisfies never;
  }
}

function sendCall(bytes: Uint8Array, call: string): string[] {
  const rows = rowsOf(bytes).map(pythonBytes);
  if (rows.length === 1) return [`${call}${rows[0]})`];
  return [call.trimEnd(), ...indent(rows, 1), ')'];
}
