import { ByteTransfer } from './byte-transfer.ts';
import { Connections } from './connections.ts';
import { SocketTable, type SocketTableOptions } from './socket-table.ts';

/** All that a Python process has of sockets. */
export class ProcessSockets {
  readonly table: SocketTable;
  readonly connections: Connections;
  readonly transfer: ByteTransfer;

  constructor(options: SocketTableOptions) {
    this.table = new SocketTable(options);
    this.connections = new Connections(this.table);
    this.transfer = new ByteTransfer(this.table, this.connections);
  }

  /** A waiter whose result are addresses of the name, see SocketGateway. */
  resolve(host: string, family: 0 | 4 | 6, site: number, isMain = false): number {
    const { gateway, waiters } = this.table;
    const waiter = waiters.pending(site, isMain);
    void gateway.resolve(host, family).then((answer) => waiters.settle(waiter, answer));
    gateway.flush();
    return waiter;
  }
}
