/** The call that gets a port. */
export type PortCall = 'connect' | 'bind' | 'sendto';

/**
 * What CPython 3.14 says of a text as a bytes literal, `b'…'` (in triple quotes where it has several lines); undefined where it
 * raises nothing: an escape that it does not have stands for itself, with a SyntaxWarning.
 */
export function pythonOfEscapes(text: string): string | undefined {
  const source = text.replace(/\r\n?/g, '\n');
  const lines = source.split('\n').length;
  const isEndEscaped = (/\\*$/.exec(source)?.[0].length ?? 0) % 2 === 1;
  if (isEndEscaped && lines > 1) {
    return `SyntaxError: unterminated triple-quoted string literal (detected at line ${lines})`;
  }
  if (isEndEscaped) {
    return 'SyntaxError: unterminated string literal (detected at line 1); perhaps you escaped the end quote?';
  }
  if (/[^\p{ASCII}]/u.test(source)) return 'SyntaxError: bytes can only contain ASCII literal characters';
  for (const { index, groups } of source.matchAll(/\\(?:(?<short>x(?![0-9a-fA-F]{2}))|[\s\S])/g)) {
    if (groups?.short) return `SyntaxError: (value error) invalid \\x escape at position ${index}`;
  }
  return undefined;
}

/** What `bytes.fromhex` of CPython 3.14 says of a text; undefined where it raises nothing. */
export function pythonOfHex(text: string): string | undefined {
  const wrong = (at: number) => `ValueError: non-hexadecimal number found in fromhex() arg at position ${at}`;
  const beyond = text.search(/[^\p{ASCII}]/u);
  if (beyond >= 0) return wrong(beyond);
  const { length } = /^(?:\s*[0-9a-f]{2})*\s*/i.exec(text)?.[0] ?? '';
  if (length === text.length) return undefined;
  const isDigit = /^[0-9a-f]/i.test(text.slice(length));
  if (isDigit && length + 1 === text.length) {
    return 'ValueError: fromhex() arg must contain an even number of hexadecimal digits';
  }
  return wrong(isDigit ? length + 1 : length);
}

/** What Python says of a port that is written so in a program, a word in quotes; undefined where it raises nothing. */
export function pythonOfPort(text: string, call: PortCall): string | undefined {
  const written = text.trim();
  if (/^[+-]?0\d*[1-9]\d*$/.test(written)) {
    return 'SyntaxError: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
  }
  if (/^[+-]?\d+$/.test(written)) {
    const isPort = Number(written) >= 0 && Number(written) <= 65_535;
    return isPort ? undefined : `OverflowError: ${call}(): port must be 0-65535.`;
  }
  const isFloat = /^[+-]?(?:\d+\.\d*|\.\d+|\d+(?=e))(?:e[+-]?\d+)?$/i.test(written);
  return `TypeError: '${isFloat ? 'float' : 'str'}' object cannot be interpreted as an integer`;
}

/** What `connect` says of a host that is no address and no name; undefined where the resolver takes it. */
export function pythonOfHost(text: string): string | undefined {
  const host = text.trim();
  return host === '' || isOldAddress(host) ? undefined : 'socket.gaierror: [Errno -2] Name or service not known';
}

/** inet_aton(3): one to four numbers, decimal, octal or hexadecimal; the last one fills what is left of the 32 bits. */
function isOldAddress(host: string): boolean {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return false;
  return parts.every((part, index) => {
    const most = index === parts.length - 1 ? 256 ** (5 - parts.length) - 1 : 255;
    return Number(/^0[0-7]/.test(part) ? `0o${part}` : part) <= most;
  });
}
