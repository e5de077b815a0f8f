import { ByteTransfer } from './byte-transfer.ts';
import { Connections } from './connections.ts';
import type { GatewayEvent } from './gateway-port.ts';
import { NameQuestions } from './name-questions.ts';
import type { SocketEntry } from './socket-entry.ts';
import { SocketTable, type SocketTableOptions } from './socket-table.ts';

/** All that a Python process has of sockets, and the way in for what the gateway tells of them. */
export class ProcessSockets {
  readonly table: SocketTable;
  readonly connections: Connections;
  readonly transfer: ByteTransfer;
  readonly names: NameQuestions;

  constructor(options: SocketTableOptions) {
    this.table = new SocketTable(options);
    this.connections = new Connections(this.table);
    this.transfer = new ByteTransfer(this.table);
    this.names = new NameQuestions(options.waiters, options.command);
  }

  onEvent(event: GatewayEvent): void {
    if (event.on === 'answer') this.names.onAnswer(event.question, event.answer);
    else if (event.on === 'accepted') this.connections.onAccepted(event);
    else {
      const entry = this.table.byHandle(event.socket);
      if (entry) this.#onSocketEvent(entry, event);
    }
    this.table.waiters.recheck();
  }

  #onSocketEvent(entry: SocketEntry, event: Exclude<GatewayEvent, { on: 'answer' | 'accepted' }>): void {
    switch (event.on) {
      case 'opened':
        this.connections.onOpened(entry, event);
        break;
      case 'reset':
        this.connections.onReset(entry, event);
        break;
      case 'data':
        entry.receive(event.bytes);
        break;
      case 'sent':
        entry.sendRoom += event.count;
        break;
      case 'datagram': {
        const sender = `${event.host} ${event.port}`;
        // A connected datagram socket hears its peer alone.
        if (!entry.remote || entry.remote === sender) entry.datagrams.push({ bytes: event.bytes, sender });
        break;
      }
      case 'fin':
        entry.isReceiveEnded = true;
        break;
      case 'pending':
        entry.waiting = event.waiting;
        break;
    }
  }
}
