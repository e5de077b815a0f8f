import { useMemo } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useGrowing } from '../../ui/use-growing.ts';
import { type LineFormat, StreamLines } from './stream-lines.ts';

const grow = (lines: StreamLines, isLate: () => boolean): boolean => lines.update(isLate);

/** The conversation as lines, re-rendered at most once per frame while it grows. */
export function useStreamLines(record: SocketTrace, kind: LineFormat['kind'], columns: number): StreamLines {
  const lines = useMemo(() => {
    const format: LineFormat = kind === 'hex' ? { kind } : { kind, columns };
    return new StreamLines(record, format, record.kind === 'udp');
  }, [record, kind, columns]);
  return useGrowing(record.log, lines, grow);
}
