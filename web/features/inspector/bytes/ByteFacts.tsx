import { useMemo } from 'react';
import type { ByteCount } from '../../../../protocol/units.ts';
import { formatReading, interpret, type NumberReading } from '../../../../trace/bytes/interpret.ts';
import { trailingChecksum } from '../../../../trace/bytes/trailing-checksum.ts';
import type { Direction } from '../../../../trace/event.ts';
import { useT } from '../../../i18n/t.ts';
import styles from '../Inspector.module.css';
import { endOf, type Selection, startOf } from './selection.ts';

/** Numbers of more bytes than the selection has are not read; more text than this is not shown. */
const TEXT_BYTES = 256;

/** A checksum is looked for at the end of no more bytes than a recv has. */
const CHECKED_BYTES = 65_536;

/** Where in its direction of the stream the call's first byte is. */
export type StreamPlace = { readonly direction: Direction; readonly offset: ByteCount };
type ByteFactsProps = {
  readonly bytes: Uint8Array;
  /** Undefined of a datagram: it is a whole by itself. */
  readonly place: StreamPlace | undefined;
  readonly selection: Selection;
};

/** What the byte under the cursor is, and what the selected bytes are together. */
export function ByteFacts({ bytes, place, selection }: ByteFactsProps) {
  const t = useT();
  const [start, end] = [startOf(selection), endOf(selection)];
  const byte = bytes[selection.cursor];
  const selected = bytes.subarray(start, end);
  // A message within the bytes is looked at once it is selected.
  const isSelected = end - start > 1;
  const [from, to] = isSelected ? [start, end] : [0, bytes.length];
  const checksum = useMemo(
    () => (to - from > CHECKED_BYTES ? undefined : trailingChecksum(bytes.subarray(from, to))),
    [bytes, from, to],
  );
  if (byte === undefined) return null;
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t.inspector.byte(selection.cursor)}</dt>
        <dd>{byteForms(byte).join(' · ')}</dd>
        {place ? (
          <>
            <dt>{t.inspector.offset}</dt>
            <dd>{t.inspector.offsetOf[place.direction](place.offset + selection.cursor)}</dd>
          </>
        ) : null}
        {selected.length > 1 && (
          <>
            <dt>{t.inspector.selection(start, end - 1)}</dt>
            <dd>{t.inspector.bytes(selected.length)}</dd>
            <dt>{t.inspector.asText}</dt>
            <dd className={styles.long}>
              {interpret(selected.subarray(0, TEXT_BYTES)).utf8 ?? <em>{t.inspector.notUtf8}</em>}
            </dd>
          </>
        )}
        {/* One byte fits by chance once in 256 messages: it is named to who asks, by a selection. */}
        {checksum && (isSelected || checksum.width > 1) ? (
          <>
            <dt>{t.inspector.checksum}</dt>
            <dd>
              {t.inspector.checksumOf(
                t.inspector.selection(to - checksum.width, to - 1),
                t.inspector.checksums[checksum.name],
                t.inspector.selection(from, to - checksum.width - 1),
              )}
              {checksum.width === 1 ? <em> · {t.inspector.byChance}</em> : null}
            </dd>
          </>
        ) : null}
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
