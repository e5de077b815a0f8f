import Papa from 'papaparse';
import type { RosterRow } from '../../../protocol/rooms/records.ts';

/** Which column is what; the others are kept beside the name. */
export type RosterColumns = { readonly name: number; readonly pin: number | undefined };
export type RosterTable = {
  readonly head: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
  readonly columns: RosterColumns;
};

const NAME_HEADS = /^(name|full ?name|student|learner|nick ?name|姓名|名字|学生|学员)$/i;
const PIN_HEADS = /^(pin|code|password|密码|口令)$/i;
const BOM = '\ufeff';
const EXTRA_MAX = 128;
const HEAD_MAX = 64;

/** The text of a file: UTF-8, and where it is not that, GB18030, in which Chinese spreadsheets are saved. */
export function decodeRosterFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** A table of comma, semicolon or tab separated values. The head is found where a cell of the first row is called as a name is. */
export function parseRosterTable(text: string): RosterTable {
  const { data } = Papa.parse<string[]>(text.startsWith(BOM) ? text.slice(1) : text, {
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t'],
  });
  const rows = data.map((row) => row.map((cell) => cell.trim()));
  const [first = []] = rows;
  const name = first.findIndex((cell) => NAME_HEADS.test(cell));
  if (name < 0) return { head: undefined, rows, columns: { name: 0, pin: undefined } };
  const pin = first.findIndex((cell) => PIN_HEADS.test(cell));
  return { head: first, rows: rows.slice(1), columns: { name, pin: pin < 0 ? undefined : pin } };
}

/** What goes to the server: rows without a name are left out. */
export function rosterRows({ head, rows, columns }: RosterTable): RosterRow[] {
  return rows.flatMap((cells) => {
    const name = cells[columns.name] ?? '';
    if (name === '') return [];
    const pin = columns.pin === undefined ? '' : (cells[columns.pin] ?? '');
    const extra: Record<string, string> = {};
    for (const [index, cell] of cells.entries()) {
      if (index === columns.name || index === columns.pin || cell === '') continue;
      extra[(head?.[index] || String(index + 1)).slice(0, HEAD_MAX)] = cell.slice(0, EXTRA_MAX);
    }
    return [{ name, ...(pin && { pin }), ...(Object.keys(extra).length > 0 && { extra }) }];
  });
}
