import { useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { FindBox } from './FindBox.tsx';
import styles from './StreamView.module.css';
import type { StreamLine } from './stream-lines.ts';
import { hexPieces, type Match, type StreamMatches, textPieces } from './stream-matches.ts';
import { useFind } from './use-find.ts';
import { useStreamLines } from './use-stream-lines.ts';

type StreamLinesViewProps = {
  readonly record: SocketTrace;
  readonly kind: 'text' | 'hex';
  readonly selected: number | undefined;
};

/** Characters that the mark before each line takes, and those by which what was received stands further in. */
const MARK_CHARACTERS = 12;
const INDENT_CHARACTERS = 4;
const MIN_COLUMNS = 16;
/** Lines are broken anew only when the room has changed by this much. */
const COLUMN_STEP = 8;

/** Lines of text or of a hex dump: what was sent and what was received told apart by mark, word and indent. */
export function StreamLinesView({ record, kind, selected }: StreamLinesViewProps) {
  const t = useT();
  const [columns, setColumns] = useState(80);
  const lines = useStreamLines(record, kind, columns);
  const find = useFind(record, lines, kind);
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
    <>
      <FindBox
        text={find.text}
        onChange={find.setText}
        kind={kind}
        isInvalid={find.isInvalid}
        count={find.matches.count}
        at={find.at}
        onStep={find.step}
      />
      <VirtualList
        key={kind}
        label={t.stream.lines}
        count={lines.count}
        rowHeightProperty="--stream-line-height"
        line={(index) => (
          <Line record={record} line={lines.line(index)} kind={kind} matches={find.matches} current={find.current} />
        )}
        lineClassName={className}
        newLines={t.stream.newLines}
        onColumns={onColumns}
        show={find.show}
        empty={t.stream.empty}
      />
    </>
  );
}

type LineProps = {
  readonly record: SocketTrace;
  readonly line: StreamLine;
  readonly kind: 'text' | 'hex';
  readonly matches: StreamMatches;
  readonly current: Match | undefined;
};

function Line({ record, line, kind, matches, current }: LineProps) {
  const t = useT();
  const { direction, offset, count, isFirst } = line;
  const bytes = record[direction].slice(offset, count);
  const marks = matches.marks(line);
  const pieces = kind === 'hex' ? hexPieces(bytes, offset, marks) : textPieces(bytes, marks);
  const isCurrent = current?.direction === direction && current.offset >= offset && current.offset < offset + count;
  return (
    <>
      <span className={styles.mark}>
        <span aria-hidden="true">{direction === 'sent' ? '▶ ' : '◀ '}</span>
        {isFirst && t.stream[direction]}
      </span>
      <span className={styles.bytes} data-current={isCurrent || undefined}>
        {pieces.map((piece, nth) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is nothing but its place
          piece.isMarked ? <mark key={nth}>{piece.text}</mark> : piece.text,
        )}
      </span>
    </>
  );
}
