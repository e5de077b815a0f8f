import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { LadderCall } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './Ladder.module.css';
import exchange from './Segments.module.css';
import { isExchange, Segments } from './Segments.tsx';

/** As much as a label can hold. */
const PREVIEW_BYTES: ByteCount = 64;

type WireCellProps = {
  readonly recordOf: (call: LadderCall) => SocketTrace;
  readonly wire: Wire | undefined;
  readonly names: Readonly<Record<Column, string>>;
  /** Of a row that joins two ends: from the return of the call that sent to the return of the one that read. */
  readonly span: Microseconds | undefined;
};

/** An arrow: solid for bytes that were measured, dashed for segments that are inferred. No arrow where nothing crossed. */
export function WireCell({ recordOf, wire, names, span }: WireCellProps) {
  const t = useT();
  if (wire === undefined) return <span className={hidden.hidden}>{t.ladder.nothingOnWire}</span>;
  if (wire.kind === 'earlier') return <Still text={t.ladder.earlier} hint={t.ladder.earlierHint} />;
  if (wire.kind === 'rest') return <Still text={t.ladder.rest(wire.call.event.count)} hint={t.ladder.restHint} />;
  const towards = t.ladder.to(names[wire.to]);
  const later = span !== undefined && span > 0 && (
    <span className={styles.later} title={t.ladder.laterHint}>
      {` +${formatSpan(span)}`}
    </span>
  );
  if (wire.kind === 'inferred') {
    const segments = t.ladder.segments[wire.what];
    if (isExchange(wire.what)) {
      return (
        <span className={exchange.row} title={`${segments}. ${t.ladder.inferredHint}`}>
          <Segments of={wire.what} to={wire.to} />
          <i className={styles.inferred}>{t.ladder.inferred}</i>
        </span>
      );
    }
    return (
      <span className={`${styles.arrow} ${styles.dashed}`} title={`${segments}. ${t.ladder.inferredHint}`}>
        <span className={styles.label}>
          <span className={styles.preview}>{segments}</span>
          <i className={styles.inferred}>{t.ladder.inferred}</i>
          {later}
        </span>
        <span className={hidden.hidden}>{towards}</span>
      </span>
    );
  }
  const preview = previewOf(recordOf(wire.call), wire.call.event);
  const size = t.ladder.bytes(wire.call.event.count);
  return (
    <span className={styles.arrow} title={`${size} · ${preview}`}>
      <span className={styles.label}>
        <span className={styles.size}>{size}</span>
        {preview && <span className={styles.preview}> · {preview}</span>}
        {later}
      </span>
      <span className={hidden.hidden}>{towards}</span>
    </span>
  );
}

/** Nothing crosses the wire in this row: why there is a call all the same. */
function Still({ text, hint }: { readonly text: string; readonly hint: string }) {
  return (
    <span className={styles.earlier} title={hint}>
      {text}
    </span>
  );
}

function previewOf(record: SocketTrace, event: TraceEvent): string {
  const text = previewText(eventBytes(record, event, PREVIEW_BYTES) ?? new Uint8Array());
  // A character that the limit cut in two is not a broken one.
  return event.count > PREVIEW_BYTES ? text.replace(/\ufffd+$/, '') : text;
}
