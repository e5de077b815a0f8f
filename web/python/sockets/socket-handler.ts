import type { ClientStream, StreamHandler } from '../../../client/stream.ts';
import { type Accepted, codeOf, type Opened, type Reset } from '../../../protocol/messages/socket.ts';
import type { SentRecord } from '../../../protocol/payloads.ts';
import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import { isSame } from './endpoints.ts';
import type { SocketEntry } from './socket-entry.ts';
import type { SocketTable } from './socket-table.ts';

export type Asked = {
  /** The address that bind(2) was asked for, if that is what opens the socket. */
  readonly bindingTo?: string;
  /** When the gateway was asked. */
  readonly at?: Milliseconds;
  /** Another socket stood for it before: where it is outside has been told, or concerns nobody. */
  readonly isAgain?: boolean;
};

/** What becomes of a socket as its stream is opened, accepted or reset: Connections. */
type SocketChanges = {
  readonly onOpened: (entry: SocketEntry, opened: Opened) => void;
  readonly onReset: (entry: SocketEntry, code: string, text: string, at: Microseconds) => void;
  readonly onAccepted: (owner: SocketEntry, stream: ClientStream, accepted: Accepted) => SocketEntry | undefined;
};

/** What the stream behind a socket calls. Of a socket that the program has closed only its peer's calls are still told. */
export function createSocketHandler(
  entry: SocketEntry,
  { table, connections }: { readonly table: SocketTable; readonly connections: SocketChanges },
  { bindingTo = '', at: askedAt, isAgain = false }: Asked = {},
): StreamHandler {
  const { recorder, waiters, time, closing } = table;
  const heard = (at: Microseconds): void => time.heard(at, recorder.now());
  /** Something of the open socket has changed. */
  const change = (at: Microseconds, apply: () => void): void => {
    heard(at);
    if (!table.has(entry)) return;
    recorder.touch(entry.log);
    apply();
    waiters.recheck();
  };
  return {
    onOpened: (opened) => {
      const { called, at, local, outside } = opened;
      if (outside && !isAgain) table.gateway.onStandIn(local, outside);
      if (askedAt !== undefined) time.reached(called, askedAt);
      change(at, () => connections.onOpened(entry, opened));
    },
    onData: (at, bytes) =>
      change(at, () => {
        if (entry.shutAt === undefined || at <= entry.shutAt) return entry.receive(bytes, at);
        // Nobody can read them: tcp_rcv_state_process of Linux aborts the connection (RFC 1122 §4.2.2.13).
        connections.onReset(entry, 'ECONNRESET', '', at);
        if (entry.stream) closing.end(entry.stream, true);
        table.gateway.flush();
      }),
    onSent: (records) => change(lastOf(records), () => onSent(entry, table, records)),
    onEvent: (event) => {
      heard(event.at);
      recorder.recordPeer(entry.log, event);
    },
    onDatagram: ({ at, host, port, bytes }) =>
      change(at, () => {
        const sender = { host, port };
        // A connected datagram socket hears its peer alone.
        if (!entry.remote || isSame(entry.remote, sender)) entry.datagrams.push({ at, bytes, sender });
      }),
    onFin: (at) => change(at, () => entry.receiveFin(at)),
    onPending: ({ waiting }) => {
      if (!table.has(entry)) return;
      entry.waiting = waiting;
      recorder.touch(entry.log);
      waiters.recheck();
    },
    onReset: (reset) => {
      closing.onOver();
      change(reset.at, () => {
        const { code, text } = refusal(reset, bindingTo);
        connections.onReset(entry, code, text, reset.at);
      });
    },
    onClosed: (at) => {
      heard(at);
      closing.onOver();
    },
    onAccepted: (stream, accepted) => {
      heard(accepted.at);
      const taken = connections.onAccepted(entry, stream, accepted);
      waiters.recheck();
      return taken
        ? createSocketHandler(taken, { table, connections })
        : { onClosed: () => closing.onOver(), onReset: () => closing.onOver() };
    },
  };
}

function onSent(entry: SocketEntry, { time }: SocketTable, records: readonly SentRecord[]): void {
  for (const { at, count } of records) {
    for (const sentAt of entry.confirm(count)) time.reached(at, sentAt);
  }
}
function lastOf(records: readonly SentRecord[]): Microseconds {
  return records.at(-1)?.at ?? 0;
}

function refusal(reset: Reset, bindingTo: string): { readonly code: string; readonly text: string } {
  const code = codeOf(reset);
  // As far as the program can know, the machine has no other addresses than these.
  if (code === 'LISTEN_FORBIDDEN' && !isHere(bindingTo)) return { code: 'EADDRNOTAVAIL', text: '' };
  return { code, text: reset.text };
}
function isHere(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '::1' || host === 'localhost' || host.startsWith('127.');
}
