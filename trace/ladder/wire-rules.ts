import type { Microseconds } from '../../protocol/units.ts';
import type { IntList } from '../int-list.ts';
import type { Connection, ConnectionEnd } from './connection.ts';
import { Mark, type RowTable, type TakenCall } from './row-table.ts';
import { type Column, type LadderSource, opposite } from './source.ts';

/**
 * What crossed the wire of a stream, told from the calls of its ends: bytes once, on the row of the call that sent them; one
 * FIN for each end that sent one; one RST, and nothing after it (RFC 9293 §3.5.3). Where the two ends' calls become known in
 * another order than they were made in, rows are marked anew.
 */
export class WireRules {
  readonly #table: RowTable;
  readonly #rowOf: readonly IntList[];

  constructor(table: RowTable, rowOf: readonly IntList[]) {
    this.#table = table;
    this.#rowOf = rowOf;
  }

  rowFor(call: TakenCall, connection: Connection, source: LadderSource): number {
    const { event } = call;
    connection.onCall(event);
    if (event.error !== undefined) return this.#failed(call, connection);
    if (event.call === 'reset') return this.#resets(call, connection);
    if (event.call === 'shutdown' || event.call === 'close') return this.#closes(call, connection, source);
    if (event.direction === undefined) return this.#table.add(call, 0, connection.pair);
    if (event.call === 'recv' && event.count === 0) {
      return event.argument === 0 ? this.#nothing(call, connection) : this.#readsEnd(call, connection);
    }
    connection.isOpen = true;
    const isSend = (event.direction === 'sent') === (event.end === 'local');
    return isSend ? this.#sends(call, connection) : this.#reads(call, connection);
  }

  /** Of a send or a read that may have a partner at the other end. */
  bytesRow(call: TakenCall, connection: Connection, isSend: boolean): number {
    return isSend ? this.#addSend(call, connection) : this.#addRead(call, connection);
  }

  #sends(call: TakenCall, connection: Connection): number {
    const { event, column } = call;
    const { reset } = connection;
    const end = connection.ends[column];
    end.sent = Math.max(end.sent, event.offset + event.count);
    end.lastSend = Math.max(end.lastSend, event.at);
    const row = this.#addSend(call, connection);
    if (reset && event.at > reset.at && !reset.isSeen) this.#table.setMarks(row, Mark.Nothing);
    // A close that left these bytes unread was told before they were.
    const other = connection.ends[opposite(column)];
    if (other.isResetByUnread && other.close && event.at <= other.close.at && end.sent > other.read) {
      this.#closeWasReset(connection, opposite(column), other.close);
    }
    return row;
  }
  #reads(call: TakenCall, connection: Connection): number {
    const end = connection.ends[call.column];
    end.read = Math.max(end.read, call.event.offset + call.event.count);
    return this.#addRead(call, connection);
  }
  #addSend(call: TakenCall, connection: Connection): number {
    const { column, index } = call;
    const [partner, ...rest] = connection.joiners[column].addSend(index);
    const readOf = (read: number) => connection.rowOf(opposite(column), read, this.#rowOf);
    for (const read of rest) this.#table.setMarks(readOf(read), Mark.Rest);
    if (partner === undefined) return this.#table.add(call, 0, connection.pair);
    const row = readOf(partner);
    if (this.#table.join(row, call, connection.pair)) return row;
    this.#table.setMarks(row, Mark.Rest);
    return this.#table.add(call, 0, connection.pair);
  }
  #addRead(call: TakenCall, connection: Connection): number {
    const sender = opposite(call.column);
    const found = connection.joiners[sender].addRead(call.index);
    if (found === undefined) return this.#table.add(call, 0, connection.pair);
    const row = connection.rowOf(sender, found.send, this.#rowOf);
    if (found.isPartner && this.#table.join(row, call, connection.pair)) return row;
    return this.#table.add(call, Mark.Rest, connection.pair);
  }

  #closes(call: TakenCall, connection: Connection, source: LadderSource): number {
    const { event, column } = call;
    const { reset } = connection;
    const end = connection.ends[column];
    const other = connection.ends[opposite(column)];
    const isClose = event.call === 'close';
    const isReadOnly = !isClose && (event.argument === 0 || event.text === 'SHUT_RD');
    if (connection.isOpen === false || isReadOnly) return this.#nothing(call, connection);
    if (reset?.isSeen && reset.by === column && isClose && couldReset(other, event.at, reset.at)) {
      return this.#resets(call, connection);
    }
    if (reset && (end.hasMetReset || event.at >= reset.at)) return this.#nothing(call, connection);
    if (isClose && source.resetsUnread) {
      end.isResetByUnread = true;
      const unread = connection.joiners[opposite(column)].firstUnread(end.read);
      if (unread !== undefined && unread.at <= event.at) {
        const row = this.#resets(call, connection);
        end.close = { row, at: event.at };
        return row;
      }
    }
    const row = end.fin ? this.#nothing(call, connection) : this.#fin(call, connection, end, other);
    if (isClose) end.close ??= { row, at: event.at };
    return row;
  }
  #fin(call: TakenCall, connection: Connection, end: ConnectionEnd, other: ConnectionEnd): number {
    const read = other.endRead?.row;
    const marks = Mark.Fin | leftwards(call.column);
    const isJoined = read !== undefined && this.#table.join(read, call, connection.pair);
    if (read !== undefined && !isJoined) this.#table.setMarks(read, Mark.Nothing);
    const row = read !== undefined && isJoined ? read : this.#table.add(call, marks, connection.pair);
    end.fin = { row, at: call.event.at };
    return row;
  }
  #readsEnd(call: TakenCall, connection: Connection): number {
    const { event, column } = call;
    const end = connection.ends[column];
    const { fin } = connection.ends[opposite(column)];
    const { reset } = connection;
    if (end.endRead || (reset && event.at >= reset.at && !fin)) return this.#nothing(call, connection);
    const isJoined = fin !== undefined && this.#table.join(fin.row, call, connection.pair);
    const marks = fin ? Mark.Nothing : Mark.Fin | leftwards(opposite(column));
    const row = isJoined ? fin.row : this.#table.add(call, marks, connection.pair);
    end.endRead = { row, at: event.at };
    return row;
  }

  /** close() that sends RST. */
  #resets(call: TakenCall, connection: Connection): number {
    const { event, column } = call;
    const { reset } = connection;
    if (connection.isOpen === false || (reset && !(reset.isSeen && reset.by === column))) {
      return this.#nothing(call, connection);
    }
    const marks = Mark.Reset | leftwards(column);
    const isJoined = reset !== undefined && this.#table.join(reset.row, call, connection.pair);
    if (reset !== undefined && !isJoined) this.#table.setMarks(reset.row, Mark.Nothing);
    const row = isJoined ? reset.row : this.#table.add(call, marks, connection.pair);
    const isByKernel = event.variant === 'implicit';
    this.#setReset(connection, { row, at: event.at, by: column, isSeen: false, isByKernel });
    return row;
  }
  #failed(call: TakenCall, connection: Connection): number {
    const { error, call: name } = call.event;
    const end = connection.ends[call.column];
    if (name === 'connect') return this.#table.add(call, 0, connection.pair);
    // Who has sent its FIN gets EPIPE from its own kernel.
    const isReset = error === 'ECONNRESET' || (error === 'EPIPE' && end.fin === undefined);
    return isReset ? this.#meetsReset(call, connection, end) : this.#nothing(call, connection);
  }
  #meetsReset(call: TakenCall, connection: Connection, end: ConnectionEnd): number {
    const by = opposite(call.column);
    const other = connection.ends[by];
    const isFirst = !end.hasMetReset;
    end.hasMetReset = true;
    if (connection.reset === undefined && other.close && !end.endRead && end.lastSend <= other.close.at) {
      this.#closeWasReset(connection, by, other.close);
    }
    const { reset } = connection;
    if (reset === undefined) {
      const row = this.#table.add(call, Mark.Reset | leftwards(by), connection.pair);
      this.#setReset(connection, { row, at: call.event.at, by, isSeen: true });
      return row;
    }
    if (isFirst && reset.by === by && !reset.isByKernel && this.#table.join(reset.row, call, connection.pair))
      return reset.row;
    return this.#nothing(call, connection);
  }
  /** The close that was drawn with a FIN, or after one, has sent RST. */
  #closeWasReset(connection: Connection, by: Column, close: NonNullable<ConnectionEnd['close']>): void {
    if (connection.reset && !connection.reset.isSeen) return;
    if (connection.reset) this.#table.setMarks(connection.reset.row, Mark.Nothing);
    this.#table.setMarks(close.row, Mark.Reset | leftwards(by));
    const end = connection.ends[by];
    if (end.fin?.row === close.row) end.fin = undefined;
    this.#setReset(connection, { ...close, by, isSeen: false });
  }
  #setReset(connection: Connection, reset: NonNullable<Connection['reset']>): void {
    connection.reset = reset;
    // What was told before it and is later than it, or has met it, sent no FIN.
    for (const column of ['left', 'right'] as const) {
      const end = connection.ends[column];
      const { fin } = end;
      const isRead = connection.ends[opposite(column)].endRead !== undefined;
      if (fin === undefined || fin.at < reset.at || fin.row === reset.row || isRead || reset.isSeen) continue;
      this.#table.setMarks(fin.row, Mark.Nothing);
      end.fin = undefined;
    }
  }
  #nothing(call: TakenCall, connection: Connection): number {
    return this.#table.add(call, Mark.Nothing, connection.pair);
  }
}

/** Whether a close at `at` has sent the RST that the other end met at `met`: it read no FIN, and sent nothing in between. */
function couldReset(other: ConnectionEnd, at: Microseconds, met: Microseconds): boolean {
  return at <= met && !other.endRead && other.lastSend <= at;
}
function leftwards(from: Column): number {
  return from === 'right' ? Mark.Leftwards : 0;
}
