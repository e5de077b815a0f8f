import type { ProgramCall } from './call-store.ts';

/** One row of the ladder: a call, and the call at the connection's other end that met it. */
export type CallRow = {
  readonly at: number;
  readonly client: ProgramCall | undefined;
  readonly server: ProgramCall | undefined;
};

type Open = { row: { -readonly [Key in keyof CallRow]: CallRow[Key] }; call: ProgramCall };

/**
 * Joins the calls of programs that talk to each other. What was sent meets the first receive that took a byte of it; connect
 * meets accept; close and shutdown meet the receive that found the end. A connection is known by its two ends.
 *
 * `isServer` tells which side of the ladder a program stands on.
 */
export function joinCalls(calls: readonly ProgramCall[], isServer: (file: string) => boolean): CallRow[] {
  const rows: Open['row'][] = [];
  const unmet = new Map<string, Open[]>();
  for (const call of calls) {
    const met = meet(unmet, call, isServer);
    if (met) {
      if (isServer(call.file)) met.row.server = call;
      else met.row.client = call;
      continue;
    }
    const row: Open['row'] = {
      at: call.at,
      client: isServer(call.file) ? undefined : call,
      server: isServer(call.file) ? call : undefined,
    };
    rows.push(row);
    const key = offerKey(call);
    if (key) unmet.set(key, [...(unmet.get(key) ?? []), { row, call }]);
  }
  return rows;
}

/** What waits to be met, by the connection seen from the end that waits. */
function offerKey({ call, local, remote, error }: ProgramCall): string | undefined {
  if (error || !remote) return undefined;
  if (call === 'send' || call === 'sendto') return `bytes ${local} ${remote}`;
  if (call === 'connect') return `connect ${local}`;
  if (call === 'close' || call === 'shutdown') return `end ${local} ${remote}`;
  // A receive may be told before the send that it took: two workers report in lumps.
  if (call === 'accept') return `accept ${remote}`;
  return undefined;
}

function meet(unmet: Map<string, Open[]>, call: ProgramCall, isServer: (file: string) => boolean): Open | undefined {
  const key = seekKey(call);
  const waiting = key && unmet.get(key);
  if (!key || !waiting) return undefined;
  const index = waiting.findIndex(
    (open) => isServer(open.call.file) !== isServer(call.file) && overlaps(open.call, call),
  );
  if (index < 0) return undefined;
  // What was sent before what this receive took has been taken by an earlier one.
  const [met] = waiting.splice(index, 1);
  if (waiting.length === 0) unmet.delete(key);
  return met;
}

function seekKey({ call, local, remote, count, error, text }: ProgramCall): string | undefined {
  if (error) return undefined;
  if (call === 'recv') return count > 0 ? `bytes ${remote} ${local}` : `end ${remote} ${local}`;
  if (call === 'recvfrom') return `bytes ${text} ${local}`;
  if (call === 'accept') return `connect ${remote}`;
  if (call === 'connect') return `accept ${local}`;
  return undefined;
}

function overlaps(sent: ProgramCall, received: ProgramCall): boolean {
  if (sent.call !== 'send') return true;
  if (received.count === 0) return true;
  return sent.offset < received.offset + received.count && received.offset < sent.offset + sent.count;
}
