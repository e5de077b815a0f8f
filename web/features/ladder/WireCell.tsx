import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './Ladder.module.css';

/** As much as a label can hold. */
const PREVIEW_BYTES: ByteCount = 64;

type WireCellProps = {
  readonly record: SocketTrace;
  readonly wire: Wire | undefined;
  /** Of the client's call, where it was measured. */
  readonly took: Microseconds | undefined;
  readonly ends: { readonly local: string; readonly peer: string };
};

/** An arrow: solid for bytes that were measured, dashed for segments that are inferred. */
export function WireCell({ record, wire, took, ends }: WireCellProps) {
  const t = useT();
  if (wire === undefined) return <span className={hidden.hidden}>{t.ladder.nothingOnWire}</span>;
  const towards = t.ladder.to(wire.direction === 'sent' ? ends.peer : ends.local);
  if (wire.kind === 'inferred') {
    const segments = t.ladder.segments[wire.what];
    const span = took === undefined ? '' : ` · ${t.ladder.took(formatSpan(took))}`;
    return (
      <span className={`${styles.arrow} ${styles.dashed}`} title={`${segments}${span}. ${t.ladder.inferredHint}`}>
        <span className={styles.label}>
          <span className={styles.preview}>{segments}</span>
          <i className={styles.inferred}>{t.ladder.inferred}</i>
        </span>
        <span className={hidden.hidden}>{towards}</span>
      </span>
    );
  }
  const preview = previewOf(record, wire.event);
  const size = wire.isRest ? t.ladder.rest(wire.event.count) : t.ladder.bytes(wire.event.count);
  return (
    <span className={`${styles.arrow} ${wire.isRest ? styles.rest : ''}`} title={`${preview} · ${size}`}>
      <span className={styles.label}>
        <span className={styles.preview}>{preview}</span>
        <span className={styles.size}> · {size}</span>
      </span>
      <span className={hidden.hidden}>{towards}</span>
    </span>
  );
}

function previewOf(record: SocketTrace, event: TraceEvent): string {
  const text = previewText(eventBytes(record, event, PREVIEW_BYTES) ?? new Uint8Array());
  // A character that the limit cut in two is not a broken one.
  return event.count > PREVIEW_BYTES ? text.replace(/\ufffd+$/, '') : text;
}
