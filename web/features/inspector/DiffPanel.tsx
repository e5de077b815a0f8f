import { useMemo } from 'react';
import { useT } from '../../i18n/t.ts';
import type { SocketRecord } from '../../store/socket-record.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './DiffPanel.module.css';
import { DIFF_BYTES, type DiffPiece, echoDiff } from './echo-diff.ts';
import { echoPair } from './echo-pair.ts';

/** What was sent above what came back, aligned after the time; nothing where the one is no echo of the other. */
export function DiffPanel({ record, index }: { readonly record: SocketRecord; readonly index: number }) {
  const t = useT();
  const pair = echoPair(record.log, index);
  // As much as has arrived by now.
  const cameBack = pair && Math.min(pair.received.count, record.received.length - pair.received.offset, DIFF_BYTES);
  const { offset = 0, count = 0 } = pair?.sent ?? {};
  const answer = pair?.received.offset ?? 0;
  const diff = useMemo(() => {
    if (cameBack === undefined || cameBack <= 0) return undefined;
    return echoDiff(record.sent.slice(offset, Math.min(count, DIFF_BYTES)), record.received.slice(answer, cameBack));
  }, [record, offset, count, answer, cameBack]);
  if (diff === undefined || diff.same * 2 < Math.min(count, DIFF_BYTES)) return null;
  const isWhole = diff.lost === 0 && diff.added === 0;
  return (
    <section aria-label={t.inspector.diff.label} className={styles.diff}>
      <h3>{t.inspector.diff.title}</h3>
      <p className={isWhole ? styles.good : styles.bad}>
        {isWhole ? t.inspector.diff.whole(diff.same) : t.inspector.diff.differs(diff.same, diff.lost, diff.added)}
      </p>
      <ol className={styles.pieces}>
        {diff.pieces.map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one diff are told by their place
          <Piece key={place} piece={piece} />
        ))}
      </ol>
      {count > DIFF_BYTES && <p>{t.inspector.diff.beginning(DIFF_BYTES)}</p>}
    </section>
  );
}

const CLASS = { frame: styles.frame, same: styles.same, 'only sent': styles.lost, 'only came back': styles.added };

function Piece({ piece: { kind, sent, cameBack } }: { readonly piece: DiffPiece }) {
  const t = useT();
  return (
    <li className={CLASS[kind]} title={t.inspector.diff.kinds[kind]}>
      <span className={hidden.hidden}>{t.inspector.diff.kinds[kind]}: </span>
      <code>{sent}</code>
      <code>{cameBack}</code>
    </li>
  );
}
