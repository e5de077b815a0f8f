import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import { type ConnectAttempt, codeOf, type Opened, type Reset } from '../../protocol/messages/socket.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { Microseconds } from '../../protocol/units.ts';
import type { SocketKind } from '../socket.ts';
import { type OptionStage, optionTexts } from './option-text.ts';
import { socketArguments } from './socket-call.ts';
import type { TraceCalls } from './trace-calls.ts';

export type OpeningOptions = {
  readonly calls: TraceCalls;
  /** What bind(2) was asked for, where the socket chose a local address. */
  readonly bind: Partial<Endpoint> | undefined;
  /** The options that were asked for as the socket was opened. */
  readonly options: SocketOptions;
};

/** The calls that one OPEN stands for: socket, setsockopt, bind, connect, listen. They are told once, with their times. */
export class OpeningCalls {
  readonly #calls: TraceCalls;
  readonly #bind: Partial<Endpoint> | undefined;
  readonly #options: SocketOptions;

  constructor({ calls, bind, options }: OpeningOptions) {
    this.#calls = calls;
    this.#bind = bind;
    this.#options = options;
  }

  /** A listener: socket, setsockopt, bind, listen. */
  onListening({ at, called, local, backlog }: Opened): void {
    const text = endpointText(local);
    this.#addSocket('listen', called, local);
    this.#addOptions(called, 'before bind');
    this.#calls.add({ at: called, call: 'bind', text });
    this.#calls.add({ at, call: 'listen', argument: backlog, text });
  }
  /** A datagram socket: socket, setsockopt, bind. */
  onBound({ at, called, local }: Opened): void {
    this.#addSocket('udp', called, local);
    this.#addOptions(called, 'before bind');
    // A client's sendto() binds by itself; here the playground does it before.
    const isAsked = this.#bind?.port !== undefined && this.#bind.port !== 0;
    const variant = isAsked ? {} : ({ variant: 'implicit' } as const);
    this.#calls.add({ at, call: 'bind', text: endpointText(local), took: at - called, ...variant });
    this.#addOptions(at, 'before connect');
    this.#addOptions(at, 'at last');
  }
  /** A client: for each address that was tried socket, setsockopt, bind and connect. */
  onConnected(kind: SocketKind, remote: Endpoint, { at, called, tried }: Opened): void {
    this.onTried(kind, tried);
    this.#addClient(kind, called, remote);
    this.#calls.add({ at, call: 'connect', text: endpointText(remote), took: at - called });
    this.#addOptions(at, 'at last');
  }
  /** Addresses of the target's name that did not answer: each was a connect of its own. */
  onTried(kind: SocketKind, tried: readonly ConnectAttempt[] = []): void {
    for (const attempt of tried) {
      const { remote, called, at } = attempt;
      this.#addClient(kind, called, remote);
      this.#calls.add({ at, call: 'connect', text: endpointText(remote), took: at - called, error: codeOf(attempt) });
    }
  }
  /** The call that an OPEN failed at, after those that had returned. */
  onFailed(kind: SocketKind, target: Endpoint, reset: Reset, error: SocketErrorCode): void {
    const { at, called, remote = target } = reset;
    const isBound = kind === 'listen' || kind === 'udp';
    const call = reset.call ?? (isBound ? 'bind' : 'connect');
    const own = isBound ? { ...target, ...this.#bind } : this.#bindFor(remote);
    if (called !== undefined && call !== 'socket') {
      this.#addSocket(kind, called, isBound ? own : remote);
      this.#addOptions(called, 'before bind');
      if (call !== 'bind' && (this.#bind || isBound)) {
        this.#calls.add({ at: called, call: 'bind', text: endpointText(own) });
      }
      if (call === 'connect') this.#addOptions(called, 'before connect');
    }
    const texts = { socket: socketArguments(kind, own), bind: endpointText(own), connect: endpointText(remote) };
    const text = Object.hasOwn(texts, call) ? texts[call as keyof typeof texts] : '';
    this.#calls.add({ at, call, text, error, took: called === undefined ? undefined : at - called });
  }

  /** The socket was closed while connect(2) waited. Of a name it is not known whether it came as far as a SYN. */
  onGivenUp(kind: SocketKind, target: Endpoint, at: Microseconds): void {
    const isClient = kind === 'tcp' && socketArguments(kind, target) !== '';
    if (isClient) this.#calls.add({ at, call: 'connect', text: endpointText(target), error: 'SOCKET_CLOSED' });
  }

  /** The calls before connect(2). They do not wait, and are told with it. */
  #addClient(kind: SocketKind, called: Microseconds, remote: Endpoint): void {
    this.#addSocket(kind, called, remote);
    if (this.#bind) this.#calls.add({ at: called, call: 'bind', text: endpointText(this.#bindFor(remote)) });
    this.#addOptions(called, 'before connect');
  }
  #addSocket(kind: SocketKind, at: Microseconds, endpoint: Endpoint): void {
    this.#calls.add({ at, call: 'socket', text: socketArguments(kind, endpoint) });
  }
  #addOptions(at: Microseconds, stage: OptionStage): void {
    for (const text of optionTexts(this.#options, stage)) this.#calls.add({ at, call: 'setsockopt', text });
  }
  /** Port 0 is any; so is the wildcard address of the family. */
  #bindFor({ host }: Endpoint): Endpoint {
    return { host: host.includes(':') ? '::' : '0.0.0.0', port: 0, ...this.#bind };
  }
}

/** `127.0.0.1:8009`, `[::1]:8009`, or the path of a Unix socket. */
export function endpointText({ host, port }: Endpoint): string {
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}
