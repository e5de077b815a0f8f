import Papa from 'papaparse';
import { stepKey } from '../../../protocol/rooms/done-step.ts';
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
  const rows = seats.map(({ seat, name, steps }) => {
    const done = new Map(steps.map((step) => [`${step.lesson} ${step.step}`, step]));
    return [
      String(seat),
      name,
      ...columns.flatMap(({ lesson, step }) => {
        const one = done.get(`${lesson} ${step}`);
        return one ? [new Date(one.at).toISOString(), String(one.tries), String(one.hints)] : ['', '', ''];
      }),
    ];
  });
  return BOM + Papa.unparse([head, ...rows], { delimiter: separator, escapeFormulae: /^[=+\-@\t\r].*/s });
}

/** The steps of the pack, then those of others that somebody has done. */
export function progressColumns(
  pack: readonly ProgressColumn[],
  seats: readonly ExportedSeat[],
): readonly ProgressColumn[] {
  const columns = new Map(pack.map((column) => [`${column.lesson} ${column.step}`, column]));
  const others = new Map(seats.flatMap(({ steps }) => steps).map((step) => [stepKey(step), step]));
  for (const { lesson, step } of others.values()) {
    if (!columns.has(`${lesson} ${step}`)) columns.set(`${lesson} ${step}`, { lesson, step });
  }
  return [...columns.values()];
}
