import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { LadderRows } from '../../../trace/ladder/rows.ts';
import { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { startedRows, startedText } from './started-rows.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>;
const SERVER: readonly Told[] = [
  { at: 1, end: 'peer', call: 'socket', text: 'AF_INET, SOCK_STREAM' },
  { at: 2, end: 'peer', call: 'bind', text: '127.0.0.1:8009' },
  { at: 3, end: 'peer', call: 'listen', argument: 5 },
  { at: 4, end: 'peer', call: 'print', text: 'waiting for connection...' },
];
const CLIENT: readonly Told[] = [
  { at: 60, call: 'socket', text: 'AF_INET, SOCK_STREAM' },
  { at: 61, call: 'connect', text: '127.0.0.1:8009' },
];

function rowsOf(...told: readonly Told[]): LadderRows {
  const log = new TraceBuffer();
  const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '', error: undefined } as const;
  for (const one of told) log.append({ ...blank, end: 'local', took: undefined, ...one });
  const rows = new LadderRows();
  rows.add({ log, column: 'left', kind: 'tcp' });
  rows.update();
  return rows;
}

test('a server’s start is one row, with what it printed', () => {
  const rows = rowsOf(...SERVER, ...CLIENT);
  const count = startedRows(rows);
  expect(count).toBe(3);
  expect(startedText(rows, count)).toBe(
    "socket(AF_INET, SOCK_STREAM) · bind(('127.0.0.1', 8009)) · listen(5) · waiting for connection...",
  );
});

test('calls of the page’s own socket are never put together', () => {
  expect(startedRows(rowsOf(...CLIENT))).toBe(0);
  const own: readonly Told[] = SERVER.slice(0, 3).map((event) => ({ ...event, end: 'local' }));
  expect(startedRows(rowsOf(...own))).toBe(0);
});

test('one row alone stays as it is, and so does a start that failed', () => {
  expect(startedRows(rowsOf(...SERVER.slice(0, 1), ...CLIENT))).toBe(0);
  expect(startedRows(rowsOf({ ...(SERVER[0] as Told), error: 'EACCES' }, ...SERVER.slice(1, 3)))).toBe(0);
});
