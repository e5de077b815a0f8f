import { checksums } from './checksums.ts';

/** A chapter: the words of the panel that the composer opens, and of what it starts. */
export const messageTools = {
  label: 'Message tools',
  checksum: 'Checksum',
  checksumHint:
    'Added after everything that is sent, even after the line ending. CRC-16/MODBUS and CRC-32 have their low byte first',
  checksums: { none: 'None', ...checksums },
  copyLink: 'Copy link',
  linkHint:
    'Whoever opens it finds the target, the view and the message filled in. Nothing is sent until they press Send',
  copied: 'Link copied.',
  copyFailed: 'The browser did not allow it. The link:',
  linkTooLong: 'The message is longer than 2000 characters: it does not fit into a link.',

  /** Beside the count: what stands behind the message. */
  withChecksum: {
    sum8: 'with sum 8',
    xor8: 'with XOR',
    'crc16-modbus': 'with CRC-16/MODBUS',
    'crc16-ccitt-false': 'with CRC-16/CCITT-FALSE',
    crc32: 'with CRC-32',
  },
  link: {
    linked: 'The link filled this in. Read it, then send it.',
    'too-long': 'The message in the link is longer than 2000 characters and was left out.',
  },

  repeat: 'Repeat',
  times: 'Times',
  every: 'Every (ms)',
  timesInvalid: (max: number) => `A whole number from 1 to ${max}.`,
  everyInvalid: (min: number, max: number) => `A whole number from ${min} to ${max}.`,
  start: 'Repeat message',
  repeatHint: '{n} in the message is the number of the round; in hex it is one byte',

  sequence: 'Sequence',
  sequenceHint:
    'One step on each line: send "…", readUntil "…", expectBytes "…", read 4, pause 200, expectEnd, end, reset, close. Bytes as in Escapes, or hex"01 ff"; a checksum may follow send: crc32; a time limit in ms may follow a step that waits: readUntil "…" within 500',
  sequenceExample: 'send "EHLO me\\r\\n"\nreadUntil "\\r\\n"\nsend "QUIT\\r\\n"',
  run: 'Run sequence',
  noSocket: 'Choose a connection first.',
  notBytes: 'The message is not bytes yet.',
  emptySequence: 'It has no steps.',

  saved: 'Saved',
  name: 'Name',
  saveMessage: 'Save message',
  saveSequence: 'Save sequence',
  notSaved:
    'It needs a name of at most 60 characters, and space: at most 100 are kept, each with up to 20,000 characters.',
  none: 'Nothing yet.',
  use: (name: string) => `Use ${name}`,
  remove: (name: string) => `Remove ${name}`,
  kinds: { message: 'message', sequence: 'sequence' },
  toFile: 'Save to file',
  fromFile: 'Open file',
  notAFile: 'That is not a file of saved messages.',
  opened: (count: number) => `${count} from the file.`,
};
export type MessageToolsWords = typeof messageTools;
