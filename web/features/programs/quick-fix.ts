import type { ProgramError } from '../../python/worker-messages.ts';

/** The errors that beginners with sockets make. */
export type ErrorKind = 'text-not-bytes' | 'listener-not-connection' | 'address-not-pair' | 'port-not-number';

export type QuickFix = {
  readonly kind: ErrorKind;
  readonly line: number;
  /** The line as it should read; undefined where no fix is certain. */
  readonly to: string | undefined;
};

/** Explains the line that ended a program, and fixes it where that is certain. */
export function findQuickFix(source: string, error: ProgramError): QuickFix | undefined {
  const { line, type, message } = error;
  const text = source.split('\n')[line - 1];
  if (text === undefined) return undefined;
  if (type === 'TypeError' && message.includes("a bytes-like object is required, not 'str'")) {
    return { kind: 'text-not-bytes', line, to: encodeArgument(text) };
  }
  if ((type === 'BrokenPipeError' || message.includes('Errno 107')) && /\.(?:send|sendall|recv)\(/.test(text)) {
    return fixListener(source, text, line);
  }
  if (type === 'TypeError' && /address must be (?:a )?(?:tuple|pair)|takes exactly one argument/.test(message)) {
    return { kind: 'address-not-pair', line, to: pairArguments(text) };
  }
  if (type === 'TypeError' && message.includes("'str' object cannot be interpreted as an integer")) {
    return { kind: 'port-not-number', line, to: undefined };
  }
  return undefined;
}

/** `send(x)` → `send((x).encode())`, the brackets only where they are needed. */
function encodeArgument(text: string): string | undefined {
  const call = /\.(?:send|sendall)\(/.exec(text);
  if (!call) return undefined;
  const start = call.index + call[0].length;
  const end = closingBracket(text, start);
  if (end === undefined) return undefined;
  const argument = text.slice(start, end);
  const isSimple = /^(?:[A-Za-z_][\w.]*|[fFrR]?'[^']*'|[fFrR]?"[^"]*")$/.test(argument.trim());
  return `${text.slice(0, start)}${isSimple ? argument : `(${argument})`}.encode()${text.slice(end)}`;
}

/** The listening socket was used where the accepted one belongs. */
function fixListener(source: string, text: string, line: number): QuickFix | undefined {
  const name = /([A-Za-z_]\w*)\.(?:send|sendall|recv)\(/.exec(text)?.[1];
  const accepted = /^\s*\(?\s*([A-Za-z_]\w*)\s*,\s*[A-Za-z_]\w*\s*\)?\s*=\s*([A-Za-z_]\w*)\.accept\(/m.exec(source);
  if (!name || accepted?.[2] !== name) return undefined;
  const to = text.replace(new RegExp(`\\b${name}\\.(?=(?:send|sendall|recv)\\()`), `${accepted[1]}.`);
  return { kind: 'listener-not-connection', line, to };
}

/** `connect(host, port)` → `connect((host, port))` */
function pairArguments(text: string): string | undefined {
  const call = /\.(?:connect|bind|connect_ex)\(/.exec(text);
  if (!call) return undefined;
  const start = call.index + call[0].length;
  const end = closingBracket(text, start);
  if (end === undefined || !text.slice(start, end).includes(',') || text.slice(start, end).startsWith('('))
    return undefined;
  return `${text.slice(0, start)}(${text.slice(start, end)})${text.slice(end)}`;
}

/** Where the bracket that opened just before `start` closes, strings stepped over. */
function closingBracket(text: string, start: number): number | undefined {
  let depth = 1;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quote) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

export function applyQuickFix(source: string, { line, to }: QuickFix): string {
  if (to === undefined) return source;
  return source
    .split('\n')
    .map((text, index) => (index === line - 1 ? to : text))
    .join('\n');
}
