import type { GatewayClient } from '../../client/gateway-client.ts';
import type { ClientStream, StreamHandler } from '../../client/stream.ts';
import { type CallResult, codeOf, type Endpoint, type Open } from '../../protocol/messages.ts';
import type { ByteCount } from '../../protocol/units.ts';
import type { GatewayCommand, GatewayEvent, SocketHandle } from './gateway-port.ts';

export type PageBridgeOptions = {
  readonly client: GatewayClient;
  readonly post: (event: GatewayEvent, transfer: Transferable[]) => void;
  /** The port a program asked for is another one outside the tab: bind(2) had to be given a free one. */
  readonly onStandIn?: (asked: Endpoint, outside: Endpoint) => void;
};

/** `unread`: given to the process and not read by its program. `sent`: in the kernel's buffer, and not told to the process. */
type Held = { readonly stream: ClientStream; unread: ByteCount; sent: ByteCount };

/** A quarter of a program's send buffer (socket-entry.ts): told in lumps, a ping-pong of small messages need not hear of it. */
const SENT_LUMP: ByteCount = 32_768;

/**
 * The sockets of one Python process on the page's side: its commands go to the page's gateway session, what happens to its
 * sockets goes back. The process never sees the session; when it ends, everything it had open is closed here.
 */
export class PageBridge {
  readonly #options: PageBridgeOptions;
  readonly #held = new Map<SocketHandle, Held>();
  #nextAccepted: SocketHandle = -1;

  constructor(options: PageBridgeOptions) {
    this.#options = options;
  }

  get socketCount(): number {
    return this.#held.size;
  }

  receive(command: GatewayCommand): void {
    if (command.op === 'open') this.#open(command);
    else if (command.op === 'resolve' || command.op === 'reverse') void this.#ask(command);
    else {
      const held = this.#held.get(command.socket);
      if (held) this.#apply(held, command);
    }
  }

  /** The process is no more: as a kernel does, unread bytes make the close a reset. */
  close(): void {
    for (const { stream, unread } of this.#held.values()) {
      if (unread > 0) stream.reset();
      else stream.close();
    }
    this.#held.clear();
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
    const stream = this.#options.client.open(open, this.#handler(socket, isBinding ? host : ''));
    this.#held.set(socket, { stream, unread: 0, sent: 0 });
  }

  #apply(held: Held, command: Exclude<GatewayCommand, { op: 'open' | 'resolve' | 'reverse' }>): void {
    const { stream } = held;
    switch (command.op) {
      case 'send':
        if (stream.canSend) stream.send(command.bytes);
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
        if (command.op === 'close') stream.close();
        else stream.reset();
        break;
    }
  }

  /** `bindingTo`: the address that bind(2) was asked for, if that is what opens the socket. */
  #handler(socket: SocketHandle, bindingTo = ''): StreamHandler {
    return {
      onOpened: ({ at, local, remote, outside }) => {
        if (outside) this.#options.onStandIn?.(local, outside);
        this.#post({ on: 'opened', socket, at, local, ...(remote ? { remote } : {}) });
      },
      onData: (_at, bytes) => {
        const held = this.#held.get(socket);
        if (!held) return;
        held.unread += bytes.length;
        const own = bytes.slice();
        this.#post({ on: 'data', socket, bytes: own }, [own.buffer]);
      },
      onSent: (records) => {
        const held = this.#held.get(socket);
        if (!held) return;
        for (const { count } of records) held.sent += count;
        if (held.sent < SENT_LUMP) return;
        this.#post({ on: 'sent', socket, count: held.sent });
        held.sent = 0;
      },
      onDatagram: ({ host, port, bytes }) => {
        const own = bytes.slice();
        this.#post({ on: 'datagram', socket, host, port, bytes: own }, [own.buffer]);
      },
      onFin: () => this.#post({ on: 'fin', socket }),
      onPending: ({ waiting }) => this.#post({ on: 'pending', socket, waiting }),
      onReset: (reset) => {
        this.#held.delete(socket);
        const code = codeOf(reset);
        // As far as the program can know, the machine has no other addresses than these.
        if (code === 'LISTEN_FORBIDDEN' && !isHere(bindingTo)) {
          this.#post({ on: 'reset', socket, code: 'EADDRNOTAVAIL', text: '' });
        } else this.#post({ on: 'reset', socket, code, text: reset.text });
      },
      onClosed: () => this.#held.delete(socket),
      onAccepted: (stream, { local, remote }) => {
        const handle = this.#nextAccepted;
        this.#nextAccepted -= 1;
        this.#held.set(handle, { stream, unread: 0, sent: 0 });
        this.#post({ on: 'accepted', listener: socket, socket: handle, local, remote });
        return this.#handler(handle);
      },
    };
  }

  /** What became of a bound socket; that it is connected, OPENED has told already. */
  #onResult(socket: SocketHandle, { at, code, text = '', local, remote }: CallResult): void {
    if (code !== undefined) {
      this.#held.get(socket)?.stream.close();
      this.#held.delete(socket);
      this.#post({ on: 'reset', socket, code: codeOf({ code }), text });
    } else if (local && !remote) this.#post({ on: 'opened', socket, at, local });
  }

  async #ask(command: Extract<GatewayCommand, { op: 'resolve' | 'reverse' }>): Promise<void> {
    const { question, host } = command;
    const result = await this.#options.client.call(
      command.op === 'resolve'
        ? { call: 'getaddrinfo', host, family: command.family }
        : { call: 'getnameinfo', host, port: 0 },
    );
    const found = (result.addresses ?? []).map((address) => address.host).join(' ');
    this.#post({ on: 'answer', question, answer: result.code || found === '' ? `!${result.code ?? ''}` : found });
  }

  #post(event: GatewayEvent, transfer: Transferable[] = []): void {
    this.#options.post(event, transfer);
  }
}

function isHere(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '::1' || host === 'localhost' || host.startsWith('127.');
}
