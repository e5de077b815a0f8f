import { argumentsOf, firstArgumentEnd, replaced } from './source-line.ts';

/** A line as it should read; undefined where that is not certain. */
export type FixedLine = string | undefined;

const SENDS = /\.(?:send|sendall|sendto)\(/;

/** `send(x)` → `send((x).encode())`, the brackets only where they are needed. What follows the first argument stays. */
export function encodeArgument(text: string): FixedLine {
  const all = argumentsOf(text, SENDS);
  if (!all) return undefined;
  const first = { start: all.start, end: firstArgumentEnd(text, all) };
  const argument = text.slice(first.start, first.end);
  const isSimple = /^(?:[A-Za-z_][\w.]*|[fFrR]?'[^']*'|[fFrR]?"[^"]*")$/.test(argument.trim());
  return replaced(text, first, `${isSimple ? argument : `(${argument})`}.encode()`);
}

/** `listener.send(…)` → `conn.send(…)`, where `conn, addr = listener.accept()` stands in the program. */
export function acceptedInstead(text: string, source: string): FixedLine {
  const name = /([A-Za-z_]\w*)\.(?:send|sendall|recv)\(/.exec(text)?.[1];
  const accepted = /^\s*\(?\s*([A-Za-z_]\w*)\s*,\s*[A-Za-z_]\w*\s*\)?\s*=\s*([A-Za-z_]\w*)\.accept\(/m.exec(source);
  if (!name || accepted?.[2] !== name) return undefined;
  return text.replace(new RegExp(`\\b${name}\\.(?=(?:send|sendall|recv)\\()`), `${accepted[1]}.`);
}

/** `connect(host, port)` → `connect((host, port))` */
export function pairArguments(text: string): FixedLine {
  const all = argumentsOf(text, /\.(?:connect|bind|connect_ex)\(/);
  if (!all) return undefined;
  const inner = text.slice(all.start, all.end);
  if (inner.startsWith('(') || firstArgumentEnd(text, all) === all.end) return undefined;
  return replaced(text, all, `(${inner})`);
}

/** `'127,0.0.1'` → `'127.0.0.1'` */
export function dotsInAddress(text: string): FixedLine {
  const fixed = text.replaceAll(/(['"])(\d+(?:[.,]\d+){3})\1/g, (_, quote: string, address: string) => {
    return `${quote}${address.replaceAll(',', '.')}${quote}`;
  });
  return fixed === text ? undefined : fixed;
}

/** `bytes(x)` → `bytes(x, 'utf-8')` */
export function nameEncoding(text: string): FixedLine {
  const all = argumentsOf(text, /\bbytes\(/);
  if (!all || firstArgumentEnd(text, all) !== all.end) return undefined;
  return replaced(text, all, `${text.slice(all.start, all.end)}, 'utf-8'`);
}

/** `data.split(' ')` → `data.split(b' ')`: every argument is a literal. */
export function bytesArguments(text: string): FixedLine {
  const all = argumentsOf(
    text,
    /\.(?:split|rsplit|startswith|endswith|find|replace|strip|lstrip|rstrip|count|partition)\(/,
  );
  if (!all) return undefined;
  const inner = text.slice(all.start, all.end);
  if (!/^\s*(['"])[^'"]*\1(?:\s*,\s*(['"])[^'"]*\2)*\s*$/.test(inner)) return undefined;
  return replaced(text, all, inner.replaceAll(/(['"])([^'"]*)\1/g, 'b$1$2$1'));
}

/** Takes `.decode(…)` or `.encode(…)` away. */
export function without(text: string, call: 'decode' | 'encode'): FixedLine {
  const pattern = new RegExp(`\\.${call}\\(`);
  const all = argumentsOf(text, pattern);
  if (!all || pattern.exec(text.slice(all.end))) return undefined; // which of two is not known
  const start = all.start - `.${call}(`.length;
  return replaced(text, { start, end: all.end + 1 }, '');
}

/** Python 2: `print x` → `print(x)`. */
export function callPrint(text: string): FixedLine {
  const found = /^(\s*)print\s+(?![=(])(.*?)\s*,?\s*(#.*)?$/.exec(text);
  if (!found) return undefined;
  const [, indent, what, comment] = found;
  return `${indent}print(${what})${comment ? `  ${comment}` : ''}`;
}

/** Python 2: `raw_input(…)` → `input(…)`. */
export function renameInput(text: string): FixedLine {
  const fixed = text.replaceAll(/\braw_input\b/g, 'input');
  return fixed === text ? undefined : fixed;
}

/** `'8009'` → `8009`, `port` → `int(port)`, where the port stands last in the address. */
export function numberPort(text: string): FixedLine {
  const found = /,\s*(?:(['"])(\d+)\1|([A-Za-z_][\w.[\]]*))(\s*\)\s*\))/.exec(text);
  if (!found) return undefined;
  const [whole, , digits, name, tail] = found;
  const start = found.index;
  return `${text.slice(0, start)}, ${digits ?? `int(${name})`}${tail}${text.slice(start + whole.length)}`;
}
