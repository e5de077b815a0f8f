import type { ByteCount } from '../../../protocol/units.ts';
import { formatCArray } from '../../bytes/c-array.ts';
import type { Conversation, Step } from '../conversation.ts';
import { C_RECEIVE, C_RECEIVE_UDP, openFunction } from './c-functions.ts';
import { cBytes, cString, rowsOf } from './literal.ts';
import { ADDRESS_USAGE, indent, missingLines } from './program-text.ts';

/** A string literal longer than this is more than C11 asks a compiler to take (§5.2.4.1). */
const LITERAL_BYTES_MAX: ByteCount = 4_095;

/** The conversation as a C11 program for POSIX systems. */
export function cProgram(conversation: Conversation): string {
  const { transport, role, endpoint, steps } = conversation;
  const isUnix = transport === 'unix';
  const address = isUnix ? ['path'] : ['host', 'port'];
  const defaults = isUnix ? [cString(endpoint.host)] : [cString(endpoint.host), `"${endpoint.port}"`];
  const body = statements(steps, transport === 'udp');
  return [
    '/*',
    ' * The same conversation again: the same chunks are sent, as many bytes are waited for.',
    ...missingLines(conversation).map((line) => ` * ${line}`),
    ' *',
    ` *     cc -o conversation conversation.c && ./conversation ${ADDRESS_USAGE[transport]}`,
    ' */',
    '#define _POSIX_C_SOURCE 200809L',
    ...includes(conversation).map((name) => `#include <${name}>`),
    '',
    'static int connection;',
    ...(transport === 'udp' ? [] : ['/* How many bytes have been received so far. */', 'static size_t arrived;']),
    '',
    ...longMessages(steps),
    'static void fail(const char *what) {',
    '    perror(what);',
    '    exit(1);',
    '}',
    '',
    ...openFunction(transport, role),
    ...(transport === 'udp' ? C_RECEIVE_UDP : C_RECEIVE),
    'int main(int argc, char **argv) {',
    ...address.map(
      (name, index) => `    const char *${name} = argc > ${index + 1} ? argv[${index + 1}] : ${defaults[index]};`,
    ),
    '',
    '    signal(SIGPIPE, SIG_IGN); /* a send to a closed connection fails with EPIPE, and says so */',
    `    connection = ${role === 'accept' ? 'accept_connection' : 'open_connection'}(${address.join(', ')});`,
    ...indent(body, 1),
    ...(steps.some(({ kind }) => kind === 'close' || kind === 'reset') ? [] : ['    close(connection);']),
    '    return 0;',
    '}',
    '',
  ].join('\n');
}

function includes({ transport }: Conversation): string[] {
  const names = ['poll.h', 'signal.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h', 'sys/socket.h', 'unistd.h'];
  if (transport === 'unix') names.push('sys/un.h');
  else names.push('netdb.h');
  if (transport === 'tcp') names.push('netinet/in.h', 'netinet/tcp.h');
  if (transport !== 'udp') names.push('fcntl.h');
  return names.sort((a, b) => a.localeCompare(b));
}

/** Long chunks stand before the code, as arrays; their names count the steps. */
function longMessages(steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) =>
    step.kind === 'send' && step.bytes.length > LITERAL_BYTES_MAX
      ? [`static const ${formatCArray(step.bytes, `message_${index}`).split('unsigned int')[0]?.trimEnd()}`, '']
      : [],
  );
}

function statements(steps: readonly Step[], isUdp: boolean): string[] {
  let received: ByteCount = 0;
  return steps.flatMap((step, index) => {
    if (step.kind === 'receive') received += step.count;
    return statement(step, index, isUdp, received);
  });
}

function statement(step: Step, index: number, isUdp: boolean, received: ByteCount): string[] {
  switch (step.kind) {
    case 'send':
      return sendCall(step.bytes, index, isUdp ? 'send_datagram' : 'send_all');
    case 'receive':
      return [isUdp ? 'receive_datagram();' : `receive_until(${received});`];
    case 'receive-end':
      return ['receive_until(SIZE_MAX); /* up to the end: the peer closes its half */'];
    case 'half-close':
      return ['shutdown(connection, SHUT_WR); /* half-close: we send no more, and still receive */'];
    case 'close':
      return ['close(connection);'];
    case 'reset':
      return [
        '/* close() with a linger time of 0 sends RST instead of FIN. */',
        'struct linger linger = {.l_onoff = 1, .l_linger = 0};',
        'setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);',
        'close(connection);',
      ];
    default:
      return step satisfies never;
  }
}

function sendCall(bytes: Uint8Array, index: number, name: string): string[] {
  if (bytes.length > LITERAL_BYTES_MAX) return [`${name}(message_${index}, sizeof message_${index});`];
  const rows = rowsOf(bytes).map(cBytes);
  if (rows.length === 1) return [`${name}(${rows[0]}, ${bytes.length});`];
  return [
    `${name}(`,
    ...indent(
      rows.map((row, at) => (at < rows.length - 1 ? row : `${row},`)),
      1,
    ),
    `    ${bytes.length});`,
  ];
}
