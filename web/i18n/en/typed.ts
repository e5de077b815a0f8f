/** Errors of what was typed, as far as they depend on it. */
export const typed = {
  escapeUnknown: (written: string) => `${written} is not an escape.`,
  escapeShort: 'The escape is not complete.',
  escapeEnds: 'The text ends with a single backslash.',
  escapeTooLarge: 'The escape stands for more than a byte.',
  escapeNoCharacter: 'The escape names no character.',
  /** In place of an exception. */
  escapeStands: "nothing: b'…' has no such escape and keeps its characters or its low 8 bits, with a SyntaxWarning",
  portTaken: 'nothing: Python reads it as a number',
  hostTaken: (host: string) =>
    host === ''
      ? "nothing: '' stands for this machine"
      : `nothing: Python’s resolver reads ${host} as an IPv4 address in an old notation`,
};
