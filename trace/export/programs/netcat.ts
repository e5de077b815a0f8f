import { PlaygroundError } from '../../../protocol/errors.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Conversation, Step } from '../conversation.ts';
import { shellWord } from './literal.ts';
import { ADDRESS_USAGE, missingLines } from './program-text.ts';

/** What OpenBSD's netcat reads of its standard input at once, and sends as one datagram. */
const DATAGRAM_BYTES_MAX: ByteCount = 16_384;
const HEX_DIGITS_A_ROW = 64;

/**
 * The conversation as a bash script around OpenBSD's netcat (Debian's and Ubuntu's `nc`) and `xxd`.
 * @throws {PlaygroundError} UNSUPPORTED: a datagram that nc cannot send, a NUL in the address.
 */
export function netcatProgram(conversation: Conversation): string {
  const { transport, steps } = conversation;
  if (transport === 'udp') checkDatagrams(steps);
  return [
    '#!/usr/bin/env bash',
    '# The same conversation again: the same bytes are sent, as many are waited for, and shown in hex at the end.',
    ...missingLines(conversation).map((line) => `# ${line}`),
    `# Usage: bash conversation.sh ${ADDRESS_USAGE[transport]}`,
    '# Needs xxd, and the nc of OpenBSD (package netcat-openbsd).',
    'set -u',
    ...parameters(conversation),
    '',
    'work=$(mktemp -d)',
    'nc_pid=',
    'trap \'[ -z "$nc_pid" ] || kill "$nc_pid" 2>/dev/null; rm -rf "$work"\' EXIT',
    'mkfifo "$work/to_send"',
    ': >"$work/received"',
    '',
    ...functions(transport === 'udp'),
    '',
    '# nc sends what comes out of the pipe and keeps what arrives.',
    `${netcat(conversation)} <"$work/to_send" >"$work/received" &`,
    'nc_pid=$!',
    'exec 3>"$work/to_send"',
    '',
    ...body(conversation),
    '',
    'xxd "$work/received"',
    '',
  ].join('\n');
}

function parameters({ transport, endpoint }: Conversation): string[] {
  if (transport === 'unix') return [`address=(${shellWord(endpoint.host)})`, override(0)];
  return [`address=(${shellWord(endpoint.host)} ${endpoint.port})`, override(0), override(1)];
}
function override(index: number): string {
  return `if [ $# -gt ${index} ]; then address[${index}]=$${index + 1}; fi`;
}

/**
 * `--`: an address that begins with a dash is no option. `-N`: when the pipe is closed, nc sends what is left in it,
 * shuts its sending half (FIN) and goes on receiving.
 */
function netcat({ transport, role }: Conversation): string {
  const flags = { tcp: role === 'accept' ? '-N -l' : '-N', udp: '-u', unix: '-N -U' }[transport];
  return `nc ${flags} -- "\${address[@]}"`;
}

/** The shell functions that a script needs. */
function functions(isUdp: boolean): string[] {
  const write = isUdp
    ? // xxd writes 4,096 bytes at a time, and each write would be a datagram.
      `  xxd -r -p | dd bs=${DATAGRAM_BYTES_MAX} iflag=fullblock status=none >&3`
    : '  xxd -r -p >&3';
  return [...SEND_HEAD, write, '}', '', ...WAITING];
}
const SEND_HEAD = [
  'fail() {',
  '  echo "$1" >&2',
  '  exit 1',
  '}',
  '',
  '# Hex on its standard input, bytes to the peer.',
  'send() {',
  '  kill -0 "$nc_pid" 2>/dev/null || fail \'nc has ended: is anybody listening there?\'',
];
const WAITING = [
  '# Waits until so many bytes have arrived in all, for 10 s at the most, and no longer than nc runs.',
  'wait_for() {',
  '  local tries is_over=',
  '  for ((tries = 0; tries < 200; tries++)); do',
  '    kill -0 "$nc_pid" 2>/dev/null || is_over=yes',
  '    (($(wc -c <"$work/received") >= $1)) && return',
  '    [ -z "$is_over" ] || break',
  '    sleep 0.05',
  '  done',
  '  fail "only $(wc -c <"$work/received") of $1 bytes have arrived"',
  '}',
  '',
  '# Waits until nc has ended, which it does when the peer has closed, for 10 s at the most.',
  'wait_for_end() {',
  '  local tries',
  '  for ((tries = 0; tries < 200; tries++)); do',
  '    kill -0 "$nc_pid" 2>/dev/null || return',
  '    sleep 0.05',
  '  done',
  "  fail 'the peer has not closed'",
  '}',
  '',
  '# Gives nc 2 s to send what is left and the peer to close as well, then ends it.',
  'close() {',
  '  local tries',
  '  for ((tries = 0; tries < 40; tries++)); do',
  '    kill -0 "$nc_pid" 2>/dev/null || return',
  '    sleep 0.05',
  '  done',
  '  kill "$nc_pid" 2>/dev/null',
  '}',
];

function body({ transport, steps }: Conversation): string[] {
  let received: ByteCount = 0;
  const isClosed = steps.some(({ kind }) => kind === 'close' || kind === 'reset');
  const all: readonly Step[] = isClosed ? steps : [...steps, { kind: 'close', at: 0 }];
  return all.flatMap((step, index) => {
    if (step.kind === 'receive') received += step.count;
    if (transport === 'udp') return datagramStatement(step, received, all[index + 1]?.kind !== 'receive');
    const isHalfClosed = all.slice(0, index).some(({ kind }) => kind === 'half-close');
    return statement(step, received, isHalfClosed);
  });
}

function statement(step: Step, received: ByteCount, isHalfClosed: boolean): string[] {
  switch (step.kind) {
    case 'send':
      return sendCall(step.bytes);
    case 'receive':
      return [`wait_for ${received}`];
    case 'receive-end':
      return [isHalfClosed ? 'wait_for_end # the peer closes its half' : '# The peer has closed its half; nc goes on.'];
    case 'half-close':
      return ['exec 3>&- # half-close: we send no more, and still receive'];
    case 'close':
      return ['exec 3>&-', 'close'];
    case 'reset':
      return ['# The recording ends with a reset, which nc cannot send: this closes.', 'exec 3>&-', 'close'];
    default:
      return step satisfies never;
  }
}

function datagramStatement(step: Step, received: ByteCount, isUnanswered: boolean): string[] {
  if (step.kind === 'receive') return [`wait_for ${received}`];
  if (step.kind !== 'send') return [];
  const pause = 'sleep 0.5 # nc takes it out of the pipe before the next is put in, so that they are not joined';
  return [...sendCall(step.bytes), ...(isUnanswered ? [pause] : [])];
}

function sendCall(bytes: Uint8Array): string[] {
  const rows = toHex(bytes).match(new RegExp(`.{1,${HEX_DIGITS_A_ROW}}`, 'g')) ?? [];
  if (rows.length === 1) return [`send <<<${rows[0]}`];
  return ["send <<'HEX'", ...rows, 'HEX'];
}

function checkDatagrams(steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.kind !== 'send') continue;
    const { length } = step.bytes;
    if (length === 0) throw new PlaygroundError('UNSUPPORTED', 'nc cannot send an empty datagram');
    if (length > DATAGRAM_BYTES_MAX) {
      const text = `nc cuts datagrams at ${DATAGRAM_BYTES_MAX} bytes, and one of these has ${length}`;
      throw new PlaygroundError('UNSUPPORTED', text);
    }
  }
}
