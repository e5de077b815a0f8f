const PART = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^ \t\r\n'"\\]+)|([ \t\r\n]+)/y;
/** What no shell gives a meaning to. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The words of a command line, as Python's shlex.split takes it apart, which runs the programs in the tab; undefined: a quote has no end. */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  PART.lastIndex = 0;
  while (PART.lastIndex < line.length) {
    const part = PART.exec(line);
    if (!part) return undefined;
    const [, single, double, escaped, plain, gap] = part;
    if (gap !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '');
  }
  return word === undefined ? words : [...words, word];
}

/** A word that a POSIX shell takes as it is, whatever stands in it. */
export function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
