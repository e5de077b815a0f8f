/** How a run of text looks: what SGR (ECMA-48 §8.3.117) can ask of a terminal, as far as programs do. */
export type Style = {
  /** 0–15 of the sixteen colours, or a CSS colour for the rest. */
  readonly color: number | string | undefined;
  readonly background: number | string | undefined;
  readonly isBold: boolean;
  readonly isFaint: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isInverse: boolean;
};

export const PLAIN: Style = {
  color: undefined,
  background: undefined,
  isBold: false,
  isFaint: false,
  isItalic: false,
  isUnderlined: false,
  isInverse: false,
};

const SWITCHES: Readonly<Record<number, Partial<Style>>> = {
  0: PLAIN,
  1: { isBold: true },
  2: { isFaint: true },
  3: { isItalic: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
  22: { isBold: false, isFaint: false },
  23: { isItalic: false },
  24: { isUnderlined: false },
  27: { isInverse: false },
  39: { color: undefined },
  49: { background: undefined },
};

/** The style after one SGR sequence; what it does not know leaves it as it is. */
export function nextStyle(style: Style, parameters: readonly number[]): Style {
  let next = style;
  for (let index = 0; index < parameters.length; index += 1) {
    const code = parameters[index] as number;
    const colour = colourOf(code);
    if (SWITCHES[code]) next = { ...next, ...SWITCHES[code] };
    else if (colour) next = { ...next, ...colour };
    else if (code === 38 || code === 48) {
      const { value, used } = extendedColour(parameters.slice(index + 1));
      index += used;
      next = code === 38 ? { ...next, color: value } : { ...next, background: value };
    }
  }
  return next;
}

function colourOf(code: number): Partial<Style> | undefined {
  if (code >= 30 && code <= 37) return { color: code - 30 };
  if (code >= 90 && code <= 97) return { color: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 100 + 8 };
  return undefined;
}

/** `5;n` of 256 colours, or `2;r;g;b`. */
function extendedColour(rest: readonly number[]): { value: number | string | undefined; used: number } {
  const [mode, first = 0, green = 0, blue = 0] = rest;
  if (mode === 2) return { value: `rgb(${first} ${green} ${blue})`, used: 4 };
  if (mode !== 5) return { value: undefined, used: 1 };
  if (first < 16) return { value: first, used: 2 };
  if (first >= 232) {
    const level = 8 + (first - 232) * 10;
    return { value: `rgb(${level} ${level} ${level})`, used: 2 };
  }
  const cube = first - 16;
  const part = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((value) => part(value));
  return { value: `rgb(${r} ${g} ${b})`, used: 2 };
}
