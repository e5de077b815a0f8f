import type { GatewayClient } from '../../client/gateway-client.ts';
import type { ClientStream, StreamHandler } from '../../client/stream.ts';
import { Fifo } from '../../protocol/fifo.ts';
import type { SentRecord } from '../../protocol/happenings.ts';
import { type CallResult, codeOf, type Endpoint, type Open } from '../../protocol/messages.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../protocol/units.ts';
import type { ServerTime } from '../../trace/server-time.ts';
import type { GatewayCommand, GatewayEvent, SocketHandle } from './gateway-port.ts';

export type GatewayBridgeOptions = {
  readonly client: GatewayClient;
  readonly onEvent: (event: GatewayEvent) => void;
  readonly time: ServerTime;
  readonly now: () => Milliseconds;
  /** The port a program asked for is another one outside the tab: bind(2) had to be given a free one. */
  readonly onStandIn?: (asked: Endpoint, outside: Endpoint) => void;
};

/** `unread`: given to the process and not read by its program. */
type Held = {
  readonly stream: ClientStream;
  unread: ByteCount;
  readonly under: Fifo<UnderWay>;
  sent: ByteCount;
  given: ByteCount;
};
/** Given to send(2) at a time of this clock; the last of it ends there in the stream. */
type UnderWay = { readonly end: ByteCount; readonly at: Milliseconds };
const held = (stream: ClientStream): Held => ({ stream, unread: 0, under: new Fifo(), sent: 0, given: 0 });

/** The sockets of one Python process as streams of its gateway session. When it ends, everything it had open is closed here. */
export class GatewayBridge {
  readonly #options: GatewayBridgeOptions;
  readonly #held = new Map<SocketHandle, Held>();
  /** Closed by the program, and not yet by the gateway: what was sent may still wait for the peer to read. */
  readonly #closing = new Set<ClientStream>();
  #onSettled: (() => void) | undefined;
  #nextAccepted: SocketHandle = -1;

  constructor(options: GatewayBridgeOptions) {
    this.#options = options;
  }

  receive(command: GatewayCommand): void {
    if (command.op === 'open') this.#open(command);
    else if (command.op === 'resolve') void this.#ask(command);
    else {
      const held = this.#held.get(command.socket);
      if (held) this.#apply(held, command);
    }
  }

  /** The process is no more: as a kernel does, unread bytes make the close a reset. */
  close(): void {
    for (const { stream, unread } of this.#held.values()) this.#end(stream, unread > 0);
    this.#held.clear();
  }
  /** Until the gateway has closed all that the program had. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closing.size === 0) resolve();
      else this.#onSettled = resolve;
    });
  }

  #open({ socket, kind, host, port, backlog, options }: Extract<GatewayCommand, { op: 'open' }>): void {
    const isBinding = kind !== 'tcp' && kind !== 'unix';
    const open: Open = {
      kind,
      host,
      port,
      ...(backlog === undefined ? {} : { backlog }),
      // A textbook's port may be taken by another learner of the class: within this session it is theirs all the same.
      options: isBinding ? { ...options, mapPort: true } : options,
    };
    const asked = this.#options.now();
    const stream = this.#options.client.open(open, this.#handler(socket, isBinding ? host : '', asked));
    this.#held.set(socket, held(stream));
  }

  #apply(held: Held, command: Exclude<GatewayCommand, { op: 'open' | 'resolve' }>): void {
    const { stream } = held;
    switch (command.op) {
      case 'send':
        if (!stream.canSend) break;
        stream.send(command.bytes);
        held.given += command.bytes.length;
        held.under.push({ end: held.given, at: this.#options.now() });
        break;
      case 'sendTo':
        if (stream.canSend) stream.sendTo(command.host, command.port, command.bytes);
        break;
      case 'consume':
        held.unread -= command.count;
        stream.consume(command.count);
        break;
      case 'accept':
        stream.accept();
        break;
      case 'shutdown':
        stream.shutdown();
        break;
      case 'setOption':
        void stream.call({ call: 'setsockopt', options: command.options });
        break;
      case 'listen': {
        const { backlog } = command;
        void stream.call({ call: 'listen', backlog }).then((result) => this.#onResult(command.socket, result));
        break;
      }
      case 'connect': {
        const { host, port } = command;
        void stream.call({ call: 'connect', host, port }).then((result) => this.#onResult(command.socket, result));
        break;
      }
      case 'close':
      case 'reset':
        this.#held.delete(command.socket);
        this.#end(stream, command.op === 'reset');
        break;
    }
  }
  #end(stream: ClientStream, isReset: boolean): void {
    if (stream.isOver) return;
    this.#closing.add(stream);
    if (isReset) stream.reset();
    else stream.close();
  }
  #onOver(socket: SocketHandle): void {
    this.#held.delete(socket);
    for (const stream of this.#closing) if (stream.isOver) this.#closing.delete(stream);
    if (this.#closing.size === 0) this.#onSettled?.();
  }

  /** `bindingTo`: the address that bind(2) was asked for, if that is what opens the socket. */
  #handler(socket: SocketHandle, bindingTo = '', asked?: Milliseconds): StreamHandler {
    return {
      onOpened: ({ called, at, local, remote, lab, outside }) => {
        this.#heard(at);
        if (asked !== undefined) this.#options.time.reached(called, asked);
        if (outside) this.#options.onStandIn?.(local, outside);
        this.#post({
          on: 'opened',
          socket,
          at,
          local,
          ...(remote ? { remote } : {}),
          ...(lab !== undefined ? { lab } : {}),
        });
      },
      onData: (at, bytes) => {
        this.#heard(at);
        const held = this.#held.get(socket);
        if (!held) return;
        held.unread += bytes.length;
        this.#post({ on: 'data', socket, at, bytes });
      },
      onSent: (records) => this.#onSent(socket, records),
      onEvent: (event) => {
        this.#heard(event.at);
        this.#post({ on: 'peer', socket, event });
      },
      onDatagram: ({ at, host, port, bytes }) => {
        this.#heard(at);
        this.#post({ on: 'datagram', socket, at, host, port, bytes });
      },
      onFin: (at) => {
        this.#heard(at);
        this.#post({ on: 'fin', socket, at });
      },
      onPending: ({ waiting }) => this.#post({ on: 'pending', socket, waiting }),
      onReset: (reset) => {
        this.#onOver(socket);
        const code = codeOf(reset);
        const { at } = reset;
        this.#heard(at);
        // As far as the program can know, the machine has no other addresses than these.
        if (code === 'LISTEN_FORBIDDEN' && !isHere(bindingTo)) {
          this.#post({ on: 'reset', socket, at, code: 'EADDRNOTAVAIL', text: '' });
        } else this.#post({ on: 'reset', socket, at, code, text: reset.text });
      },
      onClosed: () => this.#onOver(socket),
      onAccepted: (stream, { at, local, remote }) => {
        this.#heard(at);
        const handle = this.#nextAccepted;
        this.#nextAccepted -= 1;
        this.#held.set(handle, held(stream));
        this.#post({ on: 'accepted', at, listener: socket, socket: handle, local, remote });
        return this.#handler(handle);
      },
    };
  }

  /** What became of a bound socket; that it is connected, OPENED has told already. */
  #onResult(socket: SocketHandle, { at, code, text = '', local, remote }: CallResult): void {
    if (code !== undefined) {
      const held = this.#held.get(socket);
      this.#held.delete(socket);
      if (held) this.#end(held.stream, false);
      this.#post({ on: 'reset', socket, at, code: codeOf({ code }), text });
    } else if (local && !remote) this.#post({ on: 'opened', socket, at, local });
  }

  async #ask({ question, host, family }: Extract<GatewayCommand, { op: 'resolve' }>): Promise<void> {
    const result = await this.#options.client.call({ call: 'getaddrinfo', host, family });
    const found = (result.addresses ?? []).map((address) => address.host).join(' ');
    this.#post({ on: 'answer', question, answer: result.code || found === '' ? `!${result.code ?? ''}` : found });
  }

  #onSent(socket: SocketHandle, records: readonly SentRecord[]): void {
    const held = this.#held.get(socket);
    let total = 0;
    for (const { at, count } of records) {
      this.#heard(at);
      total += count;
      if (!held) continue;
      held.sent += count;
      for (let first = held.under.peek(); first && first.end <= held.sent; first = held.under.peek()) {
        this.#options.time.reached(at, first.at);
        held.under.shift();
      }
    }
    this.#post({ on: 'sent', socket, at: records.at(-1)?.at ?? 0, count: total });
  }
  #heard(at: Microseconds): void {
    this.#options.time.heard(at, this.#options.now());
  }

  #post(event: GatewayEvent): void {
    this.#options.onEvent(event);
  }
}

function isHere(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '::1' || host === 'localhost' || host.startsWith('127.');
}
