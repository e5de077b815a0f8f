import type { ProgramError } from '../../python/worker-messages.ts';
import {
  acceptedInstead,
  bytesArguments,
  callPrint,
  dotsInAddress,
  encodeArgument,
  type FixedLine,
  nameEncoding,
  numberPort,
  pairArguments,
  renameInput,
  without,
} from './line-fixes.ts';

/** The errors that beginners with sockets meet, and that Python’s own words do not explain. */
export type FaultKind =
  | 'text-not-bytes'
  | 'listener-not-connection'
  | 'address-not-pair'
  | 'port-not-number'
  | 'indentation'
  | 'address-has-comma'
  | 'name-unknown'
  | 'bytes-without-encoding'
  | 'text-beside-bytes'
  | 'decode-on-text'
  | 'encode-on-bytes'
  | 'no-argument'
  | 'no-such-module'
  | 'timed-out'
  | 'nobody-listens'
  | 'port-in-use'
  | 'not-allowed-here'
  | 'no-broadcast'
  | 'python-2'
  | 'character-cut'
  | 'input-ended';

export type Explanation = {
  readonly kind: FaultKind;
  /** What the words name: a module, an address; empty where they name nothing. */
  readonly value: string;
  readonly line: number;
  /** The line as it should read; undefined where no fix is certain. */
  readonly to: FixedLine;
};

/** An error as it is told of, with the line it was raised in and the program that holds it. */
type Fault = ProgramError & { readonly text: string; readonly source: string };
type Case = {
  readonly kind: FaultKind;
  readonly is: (fault: Fault) => boolean;
  readonly value?: (fault: Fault) => string;
  readonly fix?: (fault: Fault) => FixedLine;
};

const SENDS = /\.(?:send|sendall|sendto)\(/;
const first =
  (pattern: RegExp) =>
  ({ message }: Fault) =>
    pattern.exec(message)?.[1] ?? '';
const isType = (type: string, message: RegExp) => (fault: Fault) => fault.type === type && message.test(fault.message);
const needsBytes = isType('TypeError', /a bytes-like object is required, not 'str'/);

/** In the order in which they are asked: what is special stands before what is general. */
const CASES: readonly Case[] = [
  {
    kind: 'text-not-bytes',
    is: (fault) => needsBytes(fault) && SENDS.test(fault.text),
    // The listening socket would fail next.
    fix: ({ text, source }) => encodeArgument(acceptedInstead(text, source) ?? text),
  },
  { kind: 'text-beside-bytes', is: needsBytes, fix: ({ text }) => bytesArguments(text) },
  {
    kind: 'text-beside-bytes',
    is: isType(
      'TypeError',
      /can only concatenate str \(not "bytes"\)|can't concat str to bytes|must be str, not bytes/,
    ),
  },
  {
    kind: 'listener-not-connection',
    is: ({ type, message, text, source }) =>
      (type === 'BrokenPipeError' || message.includes('[Errno 107]')) && acceptedInstead(text, source) !== undefined,
    fix: ({ text, source }) => acceptedInstead(text, source),
  },
  {
    kind: 'address-not-pair',
    is: isType(
      'TypeError',
      /address must be (?:a )?(?:tuple|pair)|takes exactly one argument|takes 2 positional arguments/,
    ),
    fix: ({ text }) => pairArguments(text),
  },
  {
    kind: 'port-not-number',
    is: isType('TypeError', /'str' object cannot be interpreted as an integer/),
    fix: ({ text }) => numberPort(text),
  },
  { kind: 'indentation', is: ({ type }) => type === 'IndentationError' || type === 'TabError' },
  {
    kind: 'python-2',
    is: isType('SyntaxError', /Missing parentheses in call to 'print'/),
    fix: ({ text }) => callPrint(text),
  },
  { kind: 'python-2', is: isType('NameError', /'raw_input'/), fix: ({ text }) => renameInput(text) },
  {
    kind: 'address-has-comma',
    is: ({ type, text }) => type.endsWith('gaierror') && dotsInAddress(text) !== undefined,
    fix: ({ text }) => dotsInAddress(text),
  },
  { kind: 'name-unknown', is: ({ type }) => type.endsWith('gaierror') },
  {
    kind: 'bytes-without-encoding',
    is: isType('TypeError', /string argument without an encoding/),
    fix: ({ text }) => nameEncoding(text),
  },
  {
    kind: 'decode-on-text',
    is: isType('AttributeError', /'str' object has no attribute 'decode'/),
    fix: ({ text }) => without(text, 'decode'),
  },
  {
    kind: 'encode-on-bytes',
    is: isType('AttributeError', /'bytes' object has no attribute 'encode'/),
    fix: ({ text }) => without(text, 'encode'),
  },
  { kind: 'no-argument', is: ({ type, text }) => type === 'IndexError' && /\bargv\b/.test(text) },
  {
    kind: 'no-such-module',
    is: ({ type }) => type === 'ModuleNotFoundError',
    value: first(/No module named '([^']+)'/),
  },
  { kind: 'timed-out', is: isType('TimeoutError', /timed out/) },
  { kind: 'nobody-listens', is: ({ type }) => type === 'ConnectionRefusedError' },
  { kind: 'port-in-use', is: isType('OSError', /\[Errno 98\]/) },
  {
    kind: 'not-allowed-here',
    is: isType('PermissionError', /\bin mode\b|in class mode|FORBIDDEN|playground/),
    value: first(/\(([^()]+)\)/),
  },
  { kind: 'no-broadcast', is: ({ type, text }) => type === 'PermissionError' && SENDS.test(text) },
  { kind: 'character-cut', is: ({ type }) => type === 'UnicodeDecodeError' },
  { kind: 'input-ended', is: ({ type }) => type === 'EOFError' },
];

/** Explains what ended a program, or one of its threads, and fixes the line where that is certain. */
export function explain(source: string, error: ProgramError): Explanation | undefined {
  const text = source.split('\n')[error.line - 1] ?? '';
  const fault: Fault = { ...error, text, source };
  const found = CASES.find(({ is }) => is(fault));
  if (!found) return undefined;
  return { kind: found.kind, value: found.value?.(fault) ?? '', line: error.line, to: found.fix?.(fault) };
}

export function withFix(source: string, { line, to }: Explanation): string {
  if (to === undefined) return source;
  return source
    .split('\n')
    .map((text, index) => (index === line - 1 ? to : text))
    .join('\n');
}
