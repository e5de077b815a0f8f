import type { Microseconds } from '../../protocol/units.ts';
import type { TraceEvent } from '../event.ts';
import type { IntList } from '../int-list.ts';
import { CallJoiner } from './joiner.ts';
import type { Column, LadderSource } from './source.ts';

/** A row, and when the call in it returned that is meant. */
export type At = { readonly row: number; readonly at: Microseconds };

/** What one end of a connection has done to it. */
export class ConnectionEnd {
  /** Its FIN, and where it has read the other end's. */
  fin: At | undefined;
  endRead: At | undefined;
  close: At | undefined;
  /** It has met the RST: ECONNRESET, or EPIPE. */
  hasMetReset = false;
  /** Its close() was one that sends RST where bytes are unread. */
  isResetByUnread = false;
  /** One past the last byte that it sent, and read. */
  sent = 0;
  read = 0;
  lastSend: Microseconds = Number.NEGATIVE_INFINITY;
}

/**
 * `isSeen`: a call of the end that sent it is not known; the row is that of who met it. `isByKernel`: no call has sent it, and it was
 * there before a call met it.
 */
export type ConnectionReset = At & { readonly by: Column; readonly isSeen: boolean; readonly isByKernel?: boolean };

/** One source, or the two ends of one connection, and what has crossed the wire between them. */
export class Connection {
  readonly number: number;
  /** The source that tells of each column's calls; the same one twice where one tells of both. */
  sources: Readonly<Record<Column, number>>;
  /** What the rows hold of it: see LadderRows. */
  pair: number;
  /** By the column that sends. */
  readonly joiners: Record<Column, CallJoiner>;
  readonly ends: Record<Column, ConnectionEnd> = { left: new ConnectionEnd(), right: new ConnectionEnd() };
  reset: ConnectionReset | undefined;
  /** Undefined until a call tells: the first ones may have been dropped from the log. */
  isOpen: boolean | undefined;
  /** Where a datagram socket's send() goes: what it was connected to. */
  destination: string | undefined;

  constructor(number: number, source: number, pair: number, all: readonly LadderSource[]) {
    this.number = number;
    this.sources = { left: source, right: source };
    this.pair = pair;
    const logOf = (column: Column) => ({
      at: (index: number) => all[this.sources[column]]?.log.at(index) as TraceEvent,
    });
    this.joiners = {
      left: new CallJoiner(logOf('left'), logOf('right')),
      right: new CallJoiner(logOf('right'), logOf('left')),
    };
  }

  get isPaired(): boolean {
    return this.sources.left !== this.sources.right;
  }
  /** Nothing has been told that would be joined otherwise if it had been told after the other source is there. */
  get isFresh(): boolean {
    const { left, right } = this.ends;
    return [left, right].every(
      ({ fin, endRead, close, sent, read }) => !fin && !endRead && !close && sent + read === 0,
    );
  }
  /** Socket and connect tell whether there is a connection to end; so does what is done on it. */
  onCall({ call, error }: TraceEvent): void {
    if (call === 'socket') this.isOpen ??= false;
    else if (call === 'connect' && error !== undefined) this.isOpen ??= false;
    else if (call === 'connect' || call === 'accept') this.isOpen = true;
  }
  rowOf(column: Column, index: number, rows: readonly IntList[]): number {
    return (rows[this.sources[column]] as IntList).at(index);
  }
}
