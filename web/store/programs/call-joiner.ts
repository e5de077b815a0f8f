import type { PythonCall } from './python-call.ts';

export type ProgramCall = PythonCall & { readonly file: string };

/** One row of the ladder: a call, and the call at the connection's other end that it met. */
export type CallRow = {
  /** When the earlier of the two returned, ms since 1970. */
  readonly at: number;
  client: ProgramCall | undefined;
  server: ProgramCall | undefined;
};

type Side = 'gives' | 'takes';
type Waiting = { readonly row: CallRow; readonly call: ProgramCall; readonly side: Side; readonly isServer: boolean };

/** Calls of one connection that wait for the other end's: those to programs outside the tab wait for ever. */
const WAITING_MAX = 64;

/**
 * Joins the calls of programs that talk to each other, as they become known: two workers report in lumps, so that a receive may
 * be told before the send that it took. What was sent meets the first receive that took a byte of it; connect meets accept; close
 * and shutdown meet the receive that found the end. A connection is known by its two ends.
 */
export class CallJoiner {
  readonly #waiting = new Map<string, Waiting[]>();

  /** The row that the call joins, or a new one. */
  add(call: ProgramCall, isServer: boolean): { readonly row: CallRow; readonly isNew: boolean } {
    const part = partOf(call);
    const waiting = part && (this.#waiting.get(part.key) ?? []);
    const index = waiting?.findIndex((other) => other.isServer !== isServer && meets(other, call, part?.side)) ?? -1;
    const met = index >= 0 ? waiting?.splice(index, 1)[0] : undefined;
    const row: CallRow = met?.row ?? { at: call.at, client: undefined, server: undefined };
    row[isServer ? 'server' : 'client'] = call;
    if (part && waiting && !met) {
      waiting.push({ row, call, side: part.side, isServer });
      if (waiting.length > WAITING_MAX) waiting.shift();
      this.#waiting.set(part.key, waiting);
    } else if (part && waiting?.length === 0) this.#waiting.delete(part.key);
    return { row, isNew: !met };
  }
  clear(): void {
    this.#waiting.clear();
  }
}

/** What a call has a part in, named alike by both ends. */
function partOf({ call, local, remote, count, error, text }: ProgramCall): { key: string; side: Side } | undefined {
  if (error) return undefined;
  switch (call) {
    case 'send':
      return { key: `bytes ${local} ${remote}`, side: 'gives' };
    case 'sendto':
      return { key: `datagram ${portOf(local)} ${portOf(text)}`, side: 'gives' };
    case 'recv':
      return { key: `${count > 0 ? 'bytes' : 'end'} ${remote} ${local}`, side: 'takes' };
    case 'recvfrom':
      return { key: `datagram ${portOf(text)} ${portOf(local)}`, side: 'takes' };
    case 'connect':
      return { key: `connection ${local}`, side: 'gives' };
    case 'accept':
      return { key: `connection ${text}`, side: 'takes' };
    case 'close':
    case 'shutdown':
      return remote ? { key: `end ${local} ${remote}`, side: 'gives' } : undefined;
    default:
      return undefined;
  }
}

/** A datagram socket that was bound to any address is heard from the one it sends by, so only the ports are sure. */
function portOf(endpoint: string): string {
  return endpoint.slice(endpoint.lastIndexOf(':') + 1);
}

function meets(waiting: Waiting, call: ProgramCall, side: Side | undefined): boolean {
  if (waiting.side === side) return false;
  const bytes = waiting.call.call === 'send' || call.call === 'send';
  const [one, other] = [waiting.call, call];
  return !bytes || (one.offset < other.offset + other.count && other.offset < one.offset + one.count);
}
