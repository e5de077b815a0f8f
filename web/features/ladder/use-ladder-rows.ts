import { useCallback } from 'react';
import type { TraceLog } from '../../store/trace-log.ts';
import { useFrame } from '../../ui/use-frame.ts';
import { LadderRows } from './ladder-rows.ts';

/** Events taken in per frame: some 6 ms of work, so that a log of a million does not freeze the tab it is opened in. */
const EVENTS_PER_FRAME = 25_000;

/** Kept as long as their logs, so that coming back to the ladder does not begin anew. */
const rowsOfLog = new WeakMap<TraceLog, LadderRows>();

function rowsOf(log: TraceLog): LadderRows {
  const rows = rowsOfLog.get(log) ?? new LadderRows(log);
  rowsOfLog.set(log, rows);
  return rows;
}

/** The ladder of a log, re-rendered at most once per frame while the log grows. */
export function useLadderRows(log: TraceLog): LadderRows {
  const rows = rowsOf(log);
  const read = useCallback(() => {
    const isBehind = !rows.update(EVENTS_PER_FRAME);
    return { version: rows.version, isBehind };
  }, [rows]);
  useFrame(log, read);
  return rows;
}
