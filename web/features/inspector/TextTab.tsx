import { toHex } from '../../../trace/bytes/hex.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { textRuns } from './cut-character.ts';
import { DiffPanel } from './diff/DiffPanel.tsx';
import styles from './Inspector.module.css';

type TextTabProps = { readonly record: SocketTrace; readonly index: number; readonly event: TraceEvent };

/** The bytes of a call as UTF-8; what cannot be read so stands where it breaks, as escapes, with the reason. */
export function TextTab({ record, index, event }: TextTabProps) {
  const t = useT();
  const stream = event.direction === 'sent' ? record.sent : record.received;
  const runs = textRuns(stream, event.offset, event.count);
  const reasons = { before: t.inspector.cutBefore, after: t.inspector.cutAfter };
  const broken = runs.filter(({ text }) => text === undefined);
  return (
    <div className={styles.textPanel}>
      {/* A long text scrolls: it has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
      <section className={styles.text} tabIndex={0} aria-label={t.inspector.tab.text}>
        {runs.map(({ start, end, text, isCut }) =>
          text === undefined ? (
            <mark
              key={start}
              className={isCut ? styles.cut : styles.broken}
              title={isCut ? reasons[isCut] : t.inspector.broken}
            >
              {escapes(stream.slice(event.offset + start, end - start))}
            </mark>
          ) : (
            <span key={start}>{text}</span>
          ),
        )}
      </section>
      {broken.length > 0 && (
        <ul className={styles.reasons}>
          <li>{t.inspector.brokenCount(broken.length)}</li>
          {[...new Set(broken.map(({ isCut }) => (isCut ? reasons[isCut] : t.inspector.broken)))].map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <DiffPanel record={record} index={index} />
    </div>
  );
}

function escapes(bytes: Uint8Array): string {
  return `\\x${toHex(bytes, '\\x')}`;
}
