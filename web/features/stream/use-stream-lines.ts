import { useCallback, useMemo } from 'react';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useFrame } from '../../ui/use-frame.ts';
import { type LineFormat, StreamLines } from './stream-lines.ts';

const WORK_PER_FRAME: Milliseconds = 14;

/** The conversation as lines, re-rendered at most once per frame while it grows. */
export function useStreamLines(record: SocketTrace, kind: LineFormat['kind'], columns: number): StreamLines {
  const lines = useMemo(() => {
    const format: LineFormat = kind === 'hex' ? { kind } : { kind, columns };
    return new StreamLines(record, format, record.kind === 'udp');
  }, [record, kind, columns]);
  const read = useCallback(() => {
    const stop = performance.now() + WORK_PER_FRAME;
    const isBehind = !lines.update(() => performance.now() >= stop);
    return { version: lines.version, isBehind };
  }, [lines]);
  useFrame(record.log, read);
  return lines;
}
