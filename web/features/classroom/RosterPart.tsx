import { type DragEvent, useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { decodeRosterFile, parseRosterTable, type RosterTable, rosterRows } from '../../store/classroom/roster-file.ts';
import { Button } from '../../ui/Button.tsx';
import { FileButton } from '../../ui/form/FileButton.tsx';
import { Select } from '../../ui/form/Select.tsx';
import styles from './Teach.module.css';

type RosterPartProps = { readonly classRoom: ClassRoom; readonly isHiding: boolean };

/** The list of the class: from a file, and who of it is not here. */
export function RosterPart({ classRoom, isHiding }: RosterPartProps) {
  const { teach } = useClassWords();
  const words = teach.roster;
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
  const width = Math.max(0, ...(table?.rows.map((row) => row.length) ?? []));
  const columns = Array.from({ length: width }, (_, column) => ({
    value: String(column),
    label: table?.head?.[column] || String(column + 1),
  }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the button does the same
    <div className={styles.roster} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <p className={styles.note}>{words.about}</p>
      <FileButton label={words.label} text={words.open} accept=".csv,.txt,.tsv,text/csv" onFile={open} />
      {table ? (
        <>
          <Select
            label={words.column}
            isCaptioned
            options={columns}
            value={String(table.columns.name)}
            onChange={(name) => setTable({ ...table, columns: { ...table.columns, name: Number(name) } })}
          />
          <Select
            label={words.pin}
            isCaptioned
            options={[{ value: '', label: words.noPin }, ...columns]}
            value={String(table.columns.pin ?? '')}
            onChange={(pin) =>
              setTable({ ...table, columns: { ...table.columns, pin: pin === '' ? undefined : Number(pin) } })
            }
          />
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
