import { type DragEvent, useRef, useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { decodeRosterFile, parseRosterTable, type RosterTable, rosterRows } from '../../store/classroom/roster-file.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Teach.module.css';

type RosterPartProps = { readonly classRoom: ClassRoom; readonly isHiding: boolean };

/** The list of the class: from a file, and who of it is not here. */
export function RosterPart({ classRoom, isHiding }: RosterPartProps) {
  const { teach } = useClassWords();
  const words = teach.roster;
  const input = useRef<HTMLInputElement>(null);
  const [table, setTable] = useState<RosterTable>();
  const { roster } = classRoom.model;
  const missing = roster.filter(({ seat }) => seat === undefined);
  const found = table ? rosterRows(table) : [];

  async function open(file: File | undefined): Promise<void> {
    if (file) setTable(parseRosterTable(decodeRosterFile(new Uint8Array(await file.arrayBuffer()))));
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    void open(event.dataTransfer.files[0]);
  }
  async function take(): Promise<void> {
    if (await classRoom.attempt(() => classRoom.client.giveRoster(found))) setTable(undefined);
  }
  const columns = Math.max(0, ...(table?.rows.map((row) => row.length) ?? []));
  const nameOf = (column: number): string => table?.head?.[column] || String(column + 1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the button does the same
    <div className={styles.roster} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <p className={styles.note}>{words.about}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,text/csv"
        hidden
        aria-label={words.label}
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{words.open}</Button>
      {table ? (
        <>
          <label className={styles.choice}>
            {words.column}
            <select
              value={table.columns.name}
              onChange={({ target }) =>
                setTable({ ...table, columns: { ...table.columns, name: Number(target.value) } })
              }
            >
              {Array.from({ length: columns }, (_, column) => (
                <option key={nameOf(column)} value={column}>
                  {nameOf(column)}
                </option>
              ))}
            </select>
          </label>
          <label className={styles.choice}>
            {words.pin}
            <select
              value={table.columns.pin ?? ''}
              onChange={({ target }) => {
                const pin = target.value === '' ? undefined : Number(target.value);
                setTable({ ...table, columns: { ...table.columns, pin } });
              }}
            >
              <option value="">{words.noPin}</option>
              {Array.from({ length: columns }, (_, column) => (
                <option key={nameOf(column)} value={column}>
                  {nameOf(column)}
                </option>
              ))}
            </select>
          </label>
          <p role="status">{found.length === 0 ? words.empty : words.preview(found.length)}</p>
          {found.length === 0 ? null : <Button onClick={() => void take()}>{words.take}</Button>}
        </>
      ) : null}
      {roster.length === 0 ? <p>{words.none}</p> : <p>{words.missing(missing.length)}</p>}
      {isHiding ? null : (
        <ul className={styles.list}>
          {missing.map(({ row, name }) => (
            <li key={row}>{name}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
