import { useMemo } from 'react';
import type { SocketTrace } from '../../../../trace/socket-trace.ts';
import { useT } from '../../../i18n/t.ts';
import hidden from '../../../ui/hidden.module.css';
import styles from './DiffPanel.module.css';
import { DIFF_BYTES, type DiffPiece, type EchoDiff, echoDiff } from './echo-diff.ts';
import { type EchoPair, echoPairs } from './echo-pair.ts';

/** What was sent above what came back, aligned after the time; nothing where the one is no echo of the other. */
export function DiffPanel({ record, index }: { readonly record: SocketTrace; readonly index: number }) {
  const t = useT();
  const { log } = record;
  const length = log.length();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a log is another one when it has grown
  const pairs = useMemo(() => echoPairs(log, index), [log, length, index]);
  const arrived = record.received.length;
  const diffs = useMemo(
    () =>
      pairs.flatMap((pair) => {
        const diff = diffOf(record, pair, arrived);
        return diff ? [{ pair, diff }] : [];
      }),
    [record, pairs, arrived],
  );
  if (diffs.length === 0) return null;
  return (
    <section aria-label={t.inspector.diff.label} className={styles.diff}>
      <h3>{t.inspector.diff.title}</h3>
      {diffs.map(({ pair, diff }, nth) => (
        <Exchange
          key={pair.received.offset}
          pair={pair}
          diff={diff}
          lead={diffs.length > 1 ? t.inspector.diff.answer(nth + 1, diffs.length) : ''}
        />
      ))}
    </section>
  );
}

/** Of as much as has arrived by now; undefined where most of what was sent has not come back in it. */
function diffOf(record: SocketTrace, { sent, received }: EchoPair, arrived: number): EchoDiff | undefined {
  const cameBack = Math.min(received.count, arrived - received.offset, DIFF_BYTES);
  if (cameBack <= 0) return undefined;
  const count = Math.min(sent.count, DIFF_BYTES);
  const diff = echoDiff(record.sent.slice(sent.offset, count), record.received.slice(received.offset, cameBack));
  return diff.same * 2 < count ? undefined : diff;
}

type ExchangeProps = { readonly pair: EchoPair; readonly diff: EchoDiff; readonly lead: string };
function Exchange({ pair, diff, lead }: ExchangeProps) {
  const t = useT();
  const words = t.inspector.diff;
  const { same, lost, added } = diff;
  const isWhole = lost === 0 && added === 0;
  return (
    <>
      <p className={isWhole ? styles.good : styles.bad}>
        {lead} {isWhole ? words[diff.isRepr ? 'wholeAsRepr' : 'whole'](same) : words.differs(same, lost, added)}
      </p>
      <ol className={styles.pieces}>
        {diff.pieces.map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one diff are told by their place
          <Piece key={place} piece={piece} />
        ))}
      </ol>
      {Math.max(pair.sent.count, pair.received.count) > DIFF_BYTES && <p>{t.inspector.diff.beginning(DIFF_BYTES)}</p>}
    </>
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
