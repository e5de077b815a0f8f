import type { Milliseconds } from '../../../protocol/units.ts';
import { formatSpan, plural } from '../format.ts';

export const program = {
  title: 'Two programs, one socket',
  hint: (version: string) => `Python ${version} in this tab. Its sockets are real: the gateway opens them.`,
  example: 'Example',
  ownPrograms: 'Programs of your own',
  examples: {
    timestamp: 'Timestamp echo, one client at a time',
    threading: 'Timestamp echo, a thread per client',
    printed: 'Timestamp echo as printed, with its faults',
    'chat-threads': 'Chat room with threads',
    'chat-select': 'Chat room with select',
    'chat-asyncio': 'Chat room with asyncio',
    http: 'HTTP server by hand',
    udp: 'A pair of UDP programs',
    framing: 'Messages on a stream: framing by length',
    'port-in-use': 'A port in use',
  },
  open: 'Open…',
  openLabel: (file: string) => `Open… a file as ${file}`,
  download: 'Download .py',
  downloadLabel: (file: string) => `Download .py: ${file}`,
  share: 'Share by link',
  shareLabel: 'Link to these programs',
  shareCopied: 'The link is on the clipboard. It holds the programs themselves; no server sees them.',
  shareByHand: 'Copy this link: it holds the programs themselves; no server sees them.',
  addClient: '+ client',
  runBoth: 'Run both',
  stopBoth: 'Stop all',
  run: 'Run',
  stop: 'Stop',
  remove: (file: string) => `Remove ${file}`,
  editor: (file: string) => `${file}, the program`,
  divider: 'Height of the ladder',
  status: {
    label: (file: string) => `State of ${file}`,
    idle: 'ready',
    loading: 'Python starts',
    starting: 'starting',
    running: 'running',
    waiting: 'waiting for you',
    blocked: 'blocked',
    stopping: 'stopping',
    exited: (code: number) => (code === 0 ? 'ended' : `ended, code ${code}`),
  },
  blocked: {
    input: 'waiting for the keyboard',
    since: (call: string, took: Milliseconds) => `${call} blocked ${Math.floor(took / 1_000)} s`,
    threads: (count: number) => plural(count, 'thread', 'threads'),
  },
  notes: {
    ended: (code: number, took: Milliseconds) =>
      `${code === 0 ? 'Ended' : `Ended with exit code ${code}`} after ${formatSpan(took * 1_000)}.`,
    killed: 'It did not stop by itself, so the process was ended. Its sockets are closed.',
    died: 'The Python interpreter broke down and was started anew. Your program and its output are kept; its sockets are closed.',
    standIn: (asked: string, outside: string) =>
      `${asked} is not to be had on this machine. Within this tab it is yours all the same; programs outside reach it at ${outside}.`,
  },
  loading: {
    label: 'Loading Python',
    text: 'Python is being loaded, once. It stays in the browser.',
    failed: (reason: string) => `Python could not be loaded: ${reason}`,
    retry: 'Try again',
  },
  shared: {
    text: 'These programs came with a link. Read them first: they run when you press Run, not before.',
    leave: 'Back to my programs',
  },
  unsupported: {
    title: 'This browser cannot run the programs',
    body: 'A Python call that waits needs WebAssembly’s promise integration (JSPI). Chrome and Edge have it from version 137 on, and so does Firefox in its current versions. Everything else of the playground works here.',
    back: 'Go to Play',
  },
  fault: {
    line: (line: number) => `Line ${line}`,
    fix: 'Mend the line',
    kinds: {
      'text-not-bytes': {
        what: 'A socket carries bytes, and this is a str.',
        tryThis:
          'Say how the text becomes bytes: .encode() makes UTF-8 of it. The receiver turns it back with .decode().',
      },
      'listener-not-connection': {
        what: 'This is the listening socket: it takes connections, it carries no bytes.',
        tryThis: 'Talk through the socket that accept() returned.',
      },
      'address-not-pair': {
        what: 'An address is one value, a pair of host and port.',
        tryThis: 'Put the two in brackets of their own.',
      },
      'port-not-number': { what: 'The port is a str here.', tryThis: 'A port is a number: 8009, not "8009".' },
    },
  },
  terminal: {
    label: (file: string) => `${file} terminal`,
    output: (file: string) => `${file} output`,
    input: (file: string) => `Input for ${file}`,
    caption: 'terminal',
    copy: 'Copy',
    clear: 'Clear',
    newest: (count: number) => `${count} new`,
    kept: (rows: number) => `only the last ${rows.toLocaleString('en')} lines are kept`,
  },
  running: (programs: number, sockets: number) =>
    `${plural(programs, 'program runs', 'programs run')} · ${plural(sockets, 'socket', 'sockets')}`,
  ladder: {
    label: 'Program ladder',
    clear: 'Clear the ladder',
    empty: 'Run a program: each of its socket calls stands here, with its line.',
  },
};
