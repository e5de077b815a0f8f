import { useCallback } from 'react';
import { LadderRows } from '../../../trace/ladder/rows.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { useFrame } from '../../ui/use-frame.ts';

/** Events taken in per frame: some 6 ms of work, so that a log of a million does not freeze the tab it is opened in. */
const EVENTS_PER_FRAME = 25_000;

/** Kept as long as their logs, so that coming back to the ladder does not begin anew. */
const rowsOfLog = new WeakMap<TraceBuffer, LadderRows>();

function rowsOf(log: TraceBuffer): LadderRows {
  const rows = rowsOfLog.get(log) ?? new LadderRows(log);
  rowsOfLog.set(log, rows);
  return rows;
}

/** The ladder of a log, re-rendered at most once per frame while the log grows. */
export function useLadderRows(log: TraceBuffer): LadderRows {
  const rows = rowsOf(log);
  const read = useCallback(() => {
    const isBehind = !rows.update(EVENTS_PER_FRAME);
    return { version: rows.version, isBehind };
  }, [rows]);
  useFrame(log, read);
  return rows;
}
