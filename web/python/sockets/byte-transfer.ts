import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import { datagramRefusal } from '../../../protocol/payloads.ts';
import type { ByteCount, Port } from '../../../protocol/units.ts';
import { siteOf } from '../call-sites.ts';
import type { Connections } from './connections.ts';
import { endpointText } from './endpoints.ts';
import { SEND_BUFFER, type SocketEntry } from './socket-entry.ts';
import type { Outcome, SocketTable } from './socket-table.ts';

type Bytes = Uint8Array;
/** The whole call of which the bytes are a part. */
type Send = { readonly given: ByteCount; readonly done: ByteCount; readonly isAll: boolean };

const sendOf = ({ length }: Bytes): Send => ({ given: length, done: 0, isAll: false });

/** As socket(7) and tcp(7) spell them. */
const OPTION_NAMES: Readonly<Partial<Record<keyof SocketOptions, string>>> = {
  reuseAddress: 'SO_REUSEADDR',
  keepAlive: 'SO_KEEPALIVE',
  noDelay: 'TCP_NODELAY',
  sendBuffer: 'SO_SNDBUF',
  receiveBuffer: 'SO_RCVBUF',
  lingerZero: 'SO_LINGER',
  ipv6Only: 'IPV6_V6ONLY',
};

const SHUTDOWNS = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'];
/** Both ends have sent FIN: for Linux there is no connection any more. */
const OVER: ReadonlySet<string> = new Set(['TIME-WAIT', 'LAST-ACK', 'CLOSING', 'CLOSED']);

/** send, recv and their kin, shutdown and setsockopt, with the answers of Linux. */
export class ByteTransfer {
  readonly #table: SocketTable;
  readonly #connections: Connections;

  constructor(table: SocketTable, connections: Connections) {
    this.#table = table;
    this.#connections = connections;
  }

  /** Bytes; 0: the peer has ended its stream. */
  receive(fd: number, size: ByteCount, isPeek: boolean, site: number): Outcome<Bytes | 0> {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#receiveDatagram(entry, size, isPeek, site);
    if (entry.phase === 'connecting') return this.#wait(entry, site);
    if (entry.phase !== 'connected') return this.#fail(entry, site, 'ENOTCONN');
    if (entry.receivedBytes > 0) {
      const bytes = entry.take(size, isPeek);
      if (!isPeek) this.#consumed(entry, bytes.length);
      const variant = isPeek ? ({ variant: 'MSG_PEEK' } as const) : {};
      this.#table.recorder.record(entry, site, { argument: size, bytes, at: entry.arrivedAt, ...variant });
      return bytes;
    }
    if (entry.isReceiveEnded) {
      this.#table.recorder.record(entry, site, { argument: size, at: entry.arrivedAt });
      return 0;
    }
    if (entry.error) return this.#fail(entry, site, entry.takeError());
    if (entry.isReadShut) {
      this.#table.recorder.record(entry, site, { argument: size });
      return 0;
    }
    return entry.isOver ? 0 : this.#wait(entry, site);
  }

  /** How many bytes were taken. */
  send(fd: number, bytes: Bytes, site: number, call: Send = sendOf(bytes)): Outcome<number> {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    if (!entry.isStream) return this.#sendDatagram(entry, bytes, entry.remote, site);
    if (entry.error) return this.#failSend(entry, site, entry.takeError(), call);
    if (entry.phase === 'connecting') return this.#wait(entry, site);
    if (entry.phase !== 'connected' || entry.isSendEnded || entry.isOver)
      return this.#failSend(entry, site, 'EPIPE', call);
    if (entry.twin) return this.#sendToTwin(entry.twin, bytes);
    const count = Math.min(bytes.length, entry.sendRoom);
    if (count === 0 && bytes.length > 0) return this.#wait(entry, site);
    const sent = count === bytes.length ? bytes : bytes.slice(0, count);
    const { stream } = entry;
    if (count > 0 && stream?.canSend) {
      stream.send(sent);
      entry.sent(count, this.#table.recorder.now());
      this.#table.gateway.flush();
      if (entry.isReceiveEnded) this.#table.onSentAfterEnd(entry);
    }
    this.#took(entry, site, sent, call);
    return count;
  }
  /** A send returns with what was taken of it. */
  sent(fd: number): void {
    const entry = this.#table.get(fd);
    if (entry) this.#table.recorder.finishSend(entry);
  }
  /** A call gave up waiting. `size`: what recv asked for, or send was given; -1 where there is none. */
  failed(fd: number, site: number, error: string, size: number): void {
    const entry = this.#table.get(fd);
    if (!entry) return;
    const { call } = siteOf(site);
    const isSend = call === 'send' || call === 'sendto';
    const what = size < 0 ? {} : isSend ? { given: size } : { argument: size };
    const text = error === 'ETIMEDOUT' ? 'timed out' : '';
    if (!(isSend && this.#table.recorder.finishSend(entry, error))) {
      this.#table.recorder.record(entry, site, { error, text, ...what });
    }
  }
  sendTo(fd: number, bytes: Bytes, host: string, port: Port, site: number): Outcome<number> {
    const entry = this.#table.get(fd);
    return entry ? this.#sendDatagram(entry, bytes, { host, port }, site) : 'EBADF';
  }

  /** '' or an error's name. `how`: SHUT_RD, SHUT_WR or SHUT_RDWR. */
  shutdown(fd: number, how: number, site: number): string {
    const entry = this.#table.get(fd);
    if (!entry) return 'EBADF';
    if (how < 0 || how > 2) return 'EINVAL';
    if (entry.phase === 'listening' && how !== 1) this.#connections.stopListening(entry);
    const isConnected = entry.twin
      ? true
      : entry.isStream
        ? entry.phase === 'connected' && !entry.isOver && !OVER.has(entry.state)
        : entry.remote !== undefined;
    if (entry.phase === 'listening' || entry.isListenEnded) {
      this.#table.recorder.record(entry, site, { text: SHUTDOWNS[how] as string });
      this.#table.waiters.recheck();
      return '';
    }
    if (!isConnected) return this.#fail(entry, site, 'ENOTCONN');
    if (how !== 1) {
      entry.isReadShut = true;
      if (entry.twin) entry.twin.isSendEnded ||= entry.isStream;
    }
    if (how !== 0 && !entry.isSendEnded) {
      entry.isSendEnded = true;
      if (entry.twin) entry.twin.isReceiveEnded ||= entry.isStream;
      else {
        entry.step('CLOSE');
        entry.stream?.shutdown();
        this.#table.gateway.flush();
      }
    }
    const { recorder, time } = this.#table;
    if (entry.isReadShut && entry.isSendEnded) entry.shutAt ??= time.at(recorder.now());
    recorder.record(entry, site, { text: SHUTDOWNS[how] as string });
    this.#table.waiters.recheck();
    return '';
  }

  setOption(fd: number, name: keyof SocketOptions, value: number, site: number): void {
    const entry = this.#table.get(fd);
    if (!entry) return;
    const isCount = name === 'sendBuffer' || name === 'receiveBuffer';
    const options: SocketOptions = { [name]: isCount ? value : value !== 0 };
    entry.options = { ...entry.options, ...options };
    this.#table.recorder.record(entry, site, { text: `${OPTION_NAMES[name] ?? name} ${value}` });
    const isKnown = entry.phase === 'connected' || entry.phase === 'listening' || entry.phase === 'bound';
    if (!isKnown || !entry.stream || entry.isOver) return;
    void entry.stream.call({ call: 'setsockopt', options });
    this.#table.gateway.flush();
  }

  #consumed(entry: SocketEntry, count: ByteCount): void {
    if (entry.twin) {
      this.#table.waiters.recheck();
      return;
    }
    // The stream lets credit back in lumps.
    entry.stream?.consume(count);
    this.#table.gateway.flush();
  }

  #receiveDatagram(entry: SocketEntry, size: ByteCount, isPeek: boolean, site: number): Outcome<Bytes | 0> {
    const datagram = isPeek ? entry.datagrams[0] : entry.datagrams.shift();
    if (!datagram) {
      if (entry.error) return this.#fail(entry, site, entry.takeError());
      return entry.twin?.isOver || entry.isReceiveShut ? 0 : this.#wait(entry, site);
    }
    entry.lastSender = datagram.sender;
    entry.wasCut = datagram.bytes.length > size;
    const bytes = datagram.bytes.subarray(0, size);
    const { at, bytes: whole, sender } = datagram;
    this.#table.recorder.record(entry, site, {
      argument: size,
      bytes: whole,
      text: endpointText(sender),
      at,
      ...(entry.wasCut && { whole: whole.length }),
      ...(isPeek && { variant: 'MSG_PEEK' }),
    });
    return bytes;
  }
  #sendDatagram(entry: SocketEntry, bytes: Bytes, to: Endpoint | undefined, site: number): Outcome<number> {
    const { twin } = entry;
    if (twin) {
      if (entry.isSendEnded || twin.isReceiveShut) return 'EPIPE';
      if (twin.isOver) return 'ECONNREFUSED';
      twin.datagrams.push({ at: 0, bytes, sender: undefined });
      this.#table.waiters.recheck();
      return bytes.length;
    }
    if (entry.error) return this.#failSend(entry, site, entry.takeError(), sendOf(bytes));
    if (!to) return this.#failSend(entry, site, 'EDESTADDRREQ', sendOf(bytes));
    const refusal = datagramRefusal(to.host, bytes.length);
    if (refusal) {
      const error = refusal === 'DATAGRAM_TOO_LONG' ? 'EMSGSIZE' : refusal;
      return this.#failSend(entry, site, error, sendOf(bytes));
    }
    this.#table.recorder.record(entry, site, { bytes, given: bytes.length, text: endpointText(to) });
    if (!entry.local) this.#connections.bindForSending(entry);
    if (entry.stream?.canSend) entry.stream.sendTo(to.host, to.port, bytes);
    this.#table.gateway.flush();
    return bytes.length;
  }
  #sendToTwin(twin: SocketEntry, bytes: Bytes): Outcome<number> {
    if (twin.isOver) return 'EPIPE';
    const count = Math.min(bytes.length, SEND_BUFFER - twin.receivedBytes);
    if (count <= 0) return bytes.length > 0 ? 'EAGAIN' : 0;
    twin.receive(bytes.slice(0, count));
    this.#table.waiters.recheck();
    return count;
  }

  #took(entry: SocketEntry, site: number, bytes: Bytes, { given, done, isAll }: Send): void {
    const { log } = entry;
    const { recorder } = this.#table;
    if (!log || site < 0) return;
    // Another thread sends between the parts of a call, or an exception ended one.
    if (log.sending && (done === 0 || log.sending.site !== site)) recorder.finishSend(entry);
    log.sending ??= { site, given, isAll, offset: log.offsets.sent, count: 0 };
    log.move('sent', bytes);
    log.sending.count += bytes.length;
    if (done + bytes.length === given) recorder.finishSend(entry);
  }
  #failSend(entry: SocketEntry, site: number, error: string, { given, isAll }: Send): string {
    if (!this.#table.recorder.finishSend(entry, error)) {
      this.#table.recorder.record(entry, site, { error, given, ...(isAll && { variant: 'sendall' }) });
    }
    return error;
  }
  #wait(entry: SocketEntry, site: number): 'EAGAIN' {
    this.#table.recorder.waits(entry, site);
    return 'EAGAIN';
  }
  #fail(entry: SocketEntry, site: number, error: string): string {
    this.#table.recorder.record(entry, site, { error });
    return error;
  }
}
