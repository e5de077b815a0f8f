import { useState } from 'react';
import { formatHexDumpRow } from '../../../trace/bytes/hexdump.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { CopyBar } from './CopyBar.tsx';
import styles from './StreamView.module.css';
import type { StreamLine } from './stream-lines.ts';
import { useStreamLines } from './use-stream-lines.ts';

type StreamViewProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Index into the record's log: its bytes are marked. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

/** Characters that the mark before each line takes, and those by which what was received stands further in. */
const MARK_CHARACTERS = 12;
const INDENT_CHARACTERS = 4;
const MIN_COLUMNS = 16;
/** Lines are broken anew only when the room has changed by this much. */
const COLUMN_STEP = 8;

/** The whole conversation, as text or hex: what was sent and what was received told apart by mark, word and indent. */
export function StreamView({ record, selected }: StreamViewProps) {
  const t = useT();
  const [kind, setKind] = useState<'text' | 'hex'>('text');
  const [columns, setColumns] = useState(80);
  const lines = useStreamLines(record, kind, columns);
  const marked = selected === undefined ? undefined : record.log.at(selected);

  function onColumns(room: number): void {
    const free = room - MARK_CHARACTERS - INDENT_CHARACTERS;
    setColumns(Math.max(MIN_COLUMNS, free - (free % COLUMN_STEP)));
  }
  function isMarked({ direction, offset, count }: StreamLine): boolean {
    if (marked?.direction !== direction) return false;
    return offset < marked.offset + marked.count && marked.offset < offset + count;
  }
  function className(index: number): string {
    const line = lines.line(index);
    const edge = line.isFirst ? styles.first : '';
    return `${styles[line.direction]} ${edge} ${isMarked(line) ? styles.marked : ''}`;
  }
  return (
    <section aria-label={t.stream.label} className={styles.stream}>
      <div className={styles.bar}>
        <RadioGroup
          label={t.stream.showAs}
          options={(['text', 'hex'] as const).map((value) => ({ value, label: t.stream.formats[value] }))}
          value={kind}
          onChange={setKind}
        />
        <CopyBar record={record} />
      </div>
      <VirtualList
        key={kind}
        label={t.stream.lines}
        count={lines.count}
        rowHeightProperty="--stream-line-height"
        line={(index) => <Line record={record} line={lines.line(index)} kind={kind} />}
        lineClassName={className}
        newLines={t.stream.newLines}
        onColumns={onColumns}
        empty={t.stream.empty}
      />
    </section>
  );
}

type LineProps = { readonly record: SocketTrace; readonly line: StreamLine; readonly kind: 'text' | 'hex' };

function Line({ record, line: { direction, offset, count, isFirst }, kind }: LineProps) {
  const t = useT();
  const bytes = record[direction].slice(offset, count);
  return (
    <>
      <span className={styles.mark}>
        <span aria-hidden="true">{direction === 'sent' ? '▶ ' : '◀ '}</span>
        {isFirst && t.stream[direction]}
      </span>
      <span className={styles.bytes}>{kind === 'hex' ? formatHexDumpRow(bytes, offset) : previewText(bytes)}</span>
    </>
  );
}
