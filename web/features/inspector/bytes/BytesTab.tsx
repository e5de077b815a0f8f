import { useMemo, useState } from 'react';
import { useT } from '../../../i18n/t.ts';
import { answerParts } from '../diff/answer-parts.ts';
import styles from '../Inspector.module.css';
import { ByteFacts, type StreamPlace } from './ByteFacts.tsx';
import { HexGrid } from './HexGrid.tsx';
import { type Selection, within } from './selection.ts';

type BytesTabProps = { readonly bytes: Uint8Array; readonly place: StreamPlace | undefined };

/** The bytes of one call, what is under the cursor, and why an answer looks as it does. */
export function BytesTab({ bytes, place }: BytesTabProps) {
  const t = useT();
  const [chosen, setSelection] = useState<Selection>({ anchor: 0, cursor: 0 });
  const selection = within(chosen, bytes.length);
  const parts = useMemo(() => answerParts(bytes), [bytes]);
  const hasRepr = parts.some(({ kind }) => kind === 'repr');
  return (
    <div className={styles.bytesPanel}>
      <HexGrid label={t.inspector.grid} bytes={bytes} parts={parts} selection={selection} onSelect={setSelection} />
      <div className={styles.details}>
        {parts.length > 0 && (
          <ul className={styles.legend}>
            <li className={styles.time}>{t.inspector.legend.time}</li>
            {hasRepr && <li className={styles.repr}>{t.inspector.legend.repr}</li>}
          </ul>
        )}
        <ByteFacts bytes={bytes} place={place} selection={selection} />
        {hasRepr && (
          <p className={styles.why}>
            <b>{t.inspector.whyTitle}</b> {t.inspector.why}
          </p>
        )}
      </div>
    </div>
  );
}
