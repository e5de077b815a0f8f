import Papa from 'papaparse';
import type { DoneStep } from '../../../protocol/rooms/records.ts';

export type ExportedSeat = { readonly seat: number; readonly name: string; readonly steps: readonly DoneStep[] };
export type ProgressColumn = { readonly lesson: string; readonly step: string };
export type ProgressWords = {
  readonly seat: string;
  readonly name: string;
  readonly time: string;
  readonly tries: string;
  readonly hints: string;
};
export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** When it was done, tries, hints. */
const CELLS_PER_STEP = 3;

/** By it a spreadsheet takes the file for UTF-8. */
const BOM = '\ufeff';

/**
 * A row for each seat, three columns for each step: when it was done (ISO 8601, UTC), tries, hints. A cell that a spreadsheet would
 * take for a formula gets an apostrophe before it (OWASP, CSV injection).
 */
export function progressCsv(
  seats: readonly ExportedSeat[],
  columns: readonly ProgressColumn[],
  words: ProgressWords,
  separator: Separator,
): string {
  const head = [
    words.seat,
    words.name,
    ...columns.flatMap(({ lesson, step }) =>
      [words.time, words.tries, words.hints].map((word) => `${lesson} ${step} ${word}`),
    ),
  ];
  const places = new Places(columns);
  const row = (cells: readonly (string | number)[]): string =>
    Papa.unparse([[...cells]], { delimiter: separator, escapeFormulae: /^[=+\-@\t\r].*/s });
  const rows = seats.map(({ seat, name, steps }) => {
    const cells = new Array<string | number>(CELLS_PER_STEP * columns.length).fill('');
    for (const { lesson, step, at, tries, hints } of steps) {
      const place = places.of(lesson, step);
      if (place === undefined) continue;
      const first = CELLS_PER_STEP * place;
      cells[first] = new Date(at).toISOString();
      cells[first + 1] = tries;
      cells[first + 2] = hints;
    }
    // Times and numbers need no quotes: only what somebody has written is looked at.
    return [row([seat, name]), ...cells].join(separator);
  });
  return BOM + [row(head), ...rows].join('\r\n');
}

/** Where each step has its column. A class has tens of thousands of steps: none of them gets a string of its own to be found by. */
class Places {
  readonly #places = new Map<string, Map<string, number>>();
  #count = 0;

  constructor(columns: readonly ProgressColumn[]) {
    for (const { lesson, step } of columns) this.add(lesson, step);
  }
  of(lesson: string, step: string): number | undefined {
    return this.#places.get(lesson)?.get(step);
  }
  add(lesson: string, step: string): void {
    const steps = this.#places.get(lesson) ?? new Map<string, number>();
    this.#places.set(lesson, steps);
    steps.set(step, this.#count);
    this.#count += 1;
  }
}

/** The steps of the pack, then those of others that somebody has done. */
export function progressColumns(
  pack: readonly ProgressColumn[],
  seats: readonly ExportedSeat[],
): readonly ProgressColumn[] {
  const columns = [...pack];
  const places = new Places(pack);
  for (const { steps } of seats) {
    for (const { lesson, step } of steps) {
      if (places.of(lesson, step) !== undefined) continue;
      places.add(lesson, step);
      columns.push({ lesson, step });
    }
  }
  return columns;
}
