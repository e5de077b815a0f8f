import { formatReading, interpret, type NumberReading } from '../../../../trace/bytes/interpret.ts';
import { useT } from '../../../i18n/t.ts';
import styles from '../Inspector.module.css';
import { endOf, type Selection, startOf } from './selection.ts';

/** Numbers of more bytes than the selection has are not read; more text than this is not shown. */
const TEXT_BYTES = 256;

/** What the byte under the cursor is, and what the selected bytes are together. */
export function ByteFacts({ bytes, selection }: { readonly bytes: Uint8Array; readonly selection: Selection }) {
  const t = useT();
  const byte = bytes[selection.cursor];
  if (byte === undefined) return null;
  const selected = bytes.subarray(startOf(selection), endOf(selection));
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t.inspector.byte(selection.cursor)}</dt>
        <dd>{byteForms(byte).join(' · ')}</dd>
        {selected.length > 1 && (
          <>
            <dt>{t.inspector.selection(startOf(selection), endOf(selection) - 1)}</dt>
            <dd>{t.inspector.bytes(selected.length)}</dd>
            <dt>{t.inspector.asText}</dt>
            <dd className={styles.long}>
              {interpret(selected.subarray(0, TEXT_BYTES)).utf8 ?? <em>{t.inspector.notUtf8}</em>}
            </dd>
          </>
        )}
      </dl>
      {selected.length > 1 && <Numbers readings={interpret(selected.subarray(0, 8)).numbers} />}
    </>
  );
}

function Numbers({ readings }: { readonly readings: readonly NumberReading[] }) {
  const t = useT();
  return (
    <table className={styles.numbers} aria-label={t.inspector.numbersOf}>
      <thead>
        <tr>
          <th scope="col">{t.inspector.number}</th>
          <th scope="col">{t.inspector.bigEndian}</th>
          <th scope="col">{t.inspector.littleEndian}</th>
        </tr>
      </thead>
      <tbody>
        {readings.map(({ type, bigEndian, littleEndian }) =>
          bigEndian === undefined || littleEndian === undefined ? null : (
            <tr key={type}>
              <th scope="row">{type}</th>
              <td>{formatReading(type, bigEndian)}</td>
              <td>{formatReading(type, littleEndian)}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** `0x68`, `104`, `0b01101000`, `'h'` where it is a character that can be seen. */
function byteForms(byte: number): string[] {
  const forms = [`0x${byte.toString(16).padStart(2, '0')}`, String(byte), `0b${byte.toString(2).padStart(8, '0')}`];
  return byte >= 0x20 && byte < 0x7f ? [...forms, `'${String.fromCharCode(byte)}'`] : forms;
}
