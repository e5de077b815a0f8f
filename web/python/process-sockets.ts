import { toSocketErrorCode } from '../../protocol/errors.ts';
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
    else if (event.on === 'peer') this.table.recorder.recordPeer(this.table.logOf(event.socket), event.event);
    else {
      const entry = this.table.byHandle(event.socket);
      if (entry) this.#onSocketEvent(entry, event);
    }
    this.table.waiters.recheck();
  }

  #onSocketEvent(entry: SocketEntry, event: Exclude<GatewayEvent, { on: 'answer' | 'accepted' | 'peer' }>): void {
    this.table.recorder.touch(entry.log);
    switch (event.on) {
      case 'opened':
        this.connections.onOpened(entry, event);
        break;
      case 'reset':
        if (entry.log) entry.log.failure = { code: toSocketErrorCode(event.code), text: event.text, at: event.at };
        this.connections.onReset(entry, event);
        break;
      case 'data':
        entry.arrivedAt = event.at;
        entry.receive(event.bytes);
        break;
      case 'sent':
        entry.sendRoom += event.count;
        break;
      case 'datagram': {
        const sender = `${event.host} ${event.port}`;
        // A connected datagram socket hears its peer alone.
        if (!entry.remote || entry.remote === sender)
          entry.datagrams.push({ at: event.at, bytes: event.bytes, sender });
        break;
      }
      case 'fin':
        entry.arrivedAt = event.at;
        entry.isReceiveEnded = true;
        if (entry.state === 'FIN-WAIT-1') entry.step('rcv ACK of FIN');
        entry.step('rcv FIN');
        break;
      case 'pending':
        entry.waiting = event.waiting;
        break;
    }
  }
}
