import type { ByteCount, Milliseconds } from '../protocol/units.ts';
import type { Toxic } from '../server/faults/toxic.ts';
import type { CliOptions, CommandLine } from './command-line.ts';
import { asItIs, crlfFilter, hexFilter, type InputFilter } from './input.ts';
import { SessionFiles } from './session-files.ts';
import { toxicsOf } from './trouble.ts';

/** What `connect` and `listen` have in common. */
export const TALK_OPTIONS: CliOptions = {
  '4': { letter: '4', help: 'IPv4 only' },
  '6': { letter: '6', help: 'IPv6 only' },
  udp: { letter: 'u', help: 'UDP: each read of the input is one datagram' },
  unixsock: { letter: 'U', help: 'a Unix socket: a path in place of HOST and PORT' },
  crlf: { letter: 'C', help: 'send each LF of the input as CRLF' },
  'hex-dump': { letter: 'x', value: 'FILE', help: 'a hex dump of both directions' },
  output: { letter: 'o', value: 'FILE', help: 'the bytes of both directions, as they come' },
  record: { value: 'FILE', help: 'a recording, .json or .pcapng, written at the end' },
  'idle-timeout': { letter: 'i', value: 'TIME', help: 'end when nothing has moved for this long: 10, 500ms' },
  'send-only': { help: 'show nothing that is received; end with the input' },
  'recv-only': { help: 'send nothing' },
  hex: { help: 'read and show hex instead of bytes' },
  times: { help: 'time and direction of each read and write, on standard error' },
  trouble: { value: 'TEXT', help: "faults in what is sent: 'slice 3, delay 200'" },
  'read-size': { value: 'N', help: 'read at most N bytes at a time' },
  verbose: { letter: 'v', help: 'report on the connection on standard error' },
};

export type TalkOptions = {
  readonly filter: InputFilter;
  readonly files: SessionFiles;
  readonly toxics: readonly Toxic[];
  readonly idleTimeout: Milliseconds | undefined;
  readonly readSize: ByteCount | undefined;
  readonly isHex: boolean;
  readonly isTimed: boolean;
  readonly isVerbose: boolean;
  readonly isSendOnly: boolean;
  readonly isReceiveOnly: boolean;
};

/** @throws {PlaygroundError} CONFIG_INVALID */
export function talkOptionsOf(line: CommandLine): TalkOptions {
  const trouble = line.text('trouble');
  return {
    filter: line.has('hex') ? hexFilter() : line.has('crlf') ? crlfFilter() : asItIs,
    toxics: trouble === undefined ? [] : toxicsOf(trouble),
    idleTimeout: line.time('idle-timeout'),
    readSize: line.count('read-size'),
    isHex: line.has('hex'),
    isTimed: line.has('times'),
    isVerbose: line.has('verbose'),
    isSendOnly: line.has('send-only'),
    isReceiveOnly: line.has('recv-only'),
    files: new SessionFiles({ dump: line.text('hex-dump'), raw: line.text('output'), record: line.text('record') }),
  };
}
