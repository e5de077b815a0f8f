/** Where the arguments of a call stand in a line: from behind its bracket to the one that closes it. */
export type Arguments = { readonly start: number; readonly end: number };

/** The arguments of the first call that `call` finds; it ends with the opening bracket. */
export function argumentsOf(text: string, call: RegExp): Arguments | undefined {
  const found = call.exec(text);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  const end = scan(text, start, ')');
  return end === undefined ? undefined : { start, end };
}

/** Where the first argument ends. */
export function firstArgumentEnd(text: string, { start, end }: Arguments): number {
  return Math.min(scan(text, start, ',') ?? end, end);
}

export function replaced(text: string, { start, end }: Arguments, by: string): string {
  return `${text.slice(0, start)}${by}${text.slice(end)}`;
}

/** The first `wanted` outside of strings and of brackets that open after `start`. */
function scan(text: string, start: number, wanted: ')' | ','): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quote) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (depth === 0 && character === wanted) return at;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth < 0) return undefined;
  }
  return undefined;
}
