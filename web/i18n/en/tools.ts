import type { Microseconds } from '../../../protocol/units.ts';
import { formatByteCount, formatSpan, plural } from '../format.ts';

/** What an expert looks for in the views of a socket: it comes with them. */
export const tools = {
  rename: (label: string) => `Rename ${label}`,
  name: 'Name of the socket',
  keepName: 'Rename',
  timeline: {
    scope: 'Events of',
    one: 'this socket',
    all: 'all sockets',
    socket: 'socket',
    go: (label: string) => `Show ${label}`,
  },
  find: {
    label: 'Find',
    placeholder: { text: 'text or \\x00', hex: '0d 0a' },
    hint: 'Text, with escapes such as \\r\\n or \\x00; in the hex view, pairs of digits. Enter: the next match; Shift+Enter: the previous one; Escape clears it. For ASCII letters, upper and lower case are the same.',
    next: 'Next match',
    previous: 'Previous match',
    place: (at: number, count: number) => `${at} of ${count}`,
    found: (count: number) => plural(count, 'match', 'matches'),
    none: 'no match',
    invalid: 'That is not bytes yet.',
  },
  file: {
    save: 'Save bytes',
    saveHint: 'The bytes of the chosen direction as a file, unchanged',
    send: 'Send a file',
    sendHint: 'All of its bytes in one send(); you can also drop a file here',
    sent: (name: string, size: number) => `“${name}”: ${formatByteCount(size)} given to send().`,
    tooLong: (name: string, most: number) => `“${name}” is longer than ${formatByteCount(most)}.`,
    empty: (name: string) => `“${name}” is empty: there is nothing to send.`,
  },
  decode: {
    label: 'Decode as',
    as: {
      lines: 'Lines',
      http: 'HTTP/1',
      length8: 'Length, 1 byte',
      length16: 'Length, 2 bytes',
      length16le: 'Length, 2 bytes, little-endian',
      length32: 'Length, 4 bytes',
      length32le: 'Length, 4 bytes, little-endian',
    },
    messages: 'Messages',
    about:
      'TCP has no messages: the protocol above it says where each one ends, and both programs must agree on it. The column calls says how many it took.',
    number: '#',
    who: 'direction',
    bytes: 'bytes',
    length: 'length',
    reads: 'recv()',
    sends: 'send()',
    calls: 'calls',
    message: 'message',
    sent: 'sent',
    received: 'received',
    newMessages: (count: number) => `${count} new`,
    none: 'No whole message yet.',
    partial: (bytes: number) => `incomplete so far: ${plural(bytes, 'byte', 'bytes')}`,
    cut: (bytes: number) => `incomplete, and the stream has ended: ${plural(bytes, 'byte', 'bytes')}`,
    broken: 'This is not that protocol: nothing after this point is decoded.',
    more: (bytes: number) => `Only the first ${formatByteCount(bytes)} of a direction are decoded.`,
    body: (bytes: number) => `body of ${plural(bytes, 'byte', 'bytes')}`,
    detail: 'The message',
  },
  resend: {
    again: 'Send again',
    edit: 'Edit and send',
    editHint: 'Puts these bytes into the box; arrow up brings back what is there now',
  },
  /** Opens what the words of a panel mean. */
  meanings: 'What these mean',
  trouble: {
    label: 'First lines that it takes',
    first: 'Its first line says what goes wrong on this connection (ms or bytes); the line goes into the box:',
  },
  charts: {
    label: 'Over time',
    about:
      'Each step is a value that the kernel reported, at most four times a second while this tab is open. Nothing is known about the time between two values.',
    names: { rtt: 'rtt', cwnd: 'cwnd', send: 'send queue', receive: 'receive queue', waiting: 'accept queue' },
    segments: (count: number) => plural(count, 'segment', 'segments'),
    clients: (count: number) => plural(count, 'client', 'clients'),
    says: (name: string, now: string, least: string, most: string, span: Microseconds) =>
      `${name}: now ${now}, between ${least} and ${most} in ${formatSpan(span)}`,
    range: (least: string, most: string) => `${least} – ${most}`,
    few: 'Charts are drawn once the kernel has reported two different values.',
  },
};
export type ToolWords = typeof tools;
