import { PlaygroundError } from '../../../protocol/errors.ts';
import { isLoopbackAddress } from '../../../protocol/loopback.ts';
import type { PolicyMode } from '../../../protocol/messages/session.ts';
import type { Port } from '../../../protocol/units.ts';
import { isDeniedPort, isNever, isPublic } from './address-rules.ts';
import type { AllowRule } from './allow-rule.ts';

export type TransportProtocol = 'tcp' | 'udp';

/** A learner, as far as it matters here: a listener is reached from its own room. */
export type Asker = { readonly room: string | undefined };

export type PolicyOptions = {
  readonly mode: PolicyMode;
  readonly allow: readonly AllowRule[];
  /** A lab server, or a learner's socket that listens there now; a socket that is only bound is none. */
  readonly isOurs: (transport: TransportProtocol, address: string, port: Port, asker: Asker | undefined) => boolean;
  /** A learner's socket is bound there, does not listen, and keeps everybody else from listening (decision 016). */
  readonly isKept: (transport: TransportProtocol, address: string, port: Port) => boolean;
  /** The machine's own addresses. */
  readonly isOwnAddress: (address: string) => boolean;
  /** The port that the page is served on, once it is known. */
  readonly ownPort: () => Port | undefined;
};

/** What may be dialled. Asked with literal addresses in their canonical spelling, every one that a name resolves to. */
export class Policy {
  readonly #options: PolicyOptions;

  constructor(options: PolicyOptions) {
    this.#options = options;
  }
  get mode(): PolicyMode {
    return this.#options.mode;
  }

  /** @throws {PlaygroundError} TARGET_FORBIDDEN, PORT_FORBIDDEN, ADDRESS_FORBIDDEN: why it may not be dialled. */
  check(transport: TransportProtocol, host: string, address: string, port: Port, asker?: Asker): void {
    const { mode, isOurs } = this.#options;
    if (port === 0) throw new PlaygroundError('PORT_FORBIDDEN', 'port 0 names no server');
    if (isNever(address)) throw new PlaygroundError('ADDRESS_FORBIDDEN', address);
    if (isOurs(transport, address, port, asker)) return;
    if (this.#isOwnPort(transport, address, port)) {
      throw new PlaygroundError('TARGET_FORBIDDEN', `port ${port} is the playground's own`);
    }
    if (mode !== 'class' && this.#isListed(host, address, port)) return;
    if (mode !== 'open') throw new PlaygroundError('TARGET_FORBIDDEN', `${address} port ${port} in mode ${mode}`);
    if (isDeniedPort(port)) throw new PlaygroundError('PORT_FORBIDDEN', `port ${port}`);
    if (!isPublic(address) || this.#options.isOwnAddress(address)) {
      throw new PlaygroundError('ADDRESS_FORBIDDEN', address);
    }
  }

  /**
   * A loopback port where nobody listens is worth a try in every mode: the refusal is the lesson, and it reaches no one.
   * The caller has to make sure that nobody listens (decision 009).
   */
  mayTeachRefusal(transport: TransportProtocol, address: string, port: Port): boolean {
    return (
      transport === 'tcp' && port !== 0 && isLoopbackAddress(address) && !this.#isOwnPort(transport, address, port)
    );
  }

  /** The same, and there is no need to make sure: connect(2) is refused for as long as this is so. */
  isKept(transport: TransportProtocol, address: string, port: Port): boolean {
    return transport === 'tcp' && this.#options.isKept(transport, address, port);
  }

  /** From there everything would seem to come from this machine itself, and what is kept for it would be open. */
  #isOwnPort(transport: TransportProtocol, address: string, port: Port): boolean {
    const { ownPort, isOwnAddress } = this.#options;
    return transport === 'tcp' && port === ownPort() && (isLoopbackAddress(address) || isOwnAddress(address));
  }

  /** A rule for a name does not reach this machine: it is listed by its address, or not at all. */
  #isListed(host: string, address: string, port: Port): boolean {
    const { allow, isOwnAddress } = this.#options;
    return allow.some(
      ({ allows, isName }) =>
        allows(host, address, port) && !(isName && !isLoopbackAddress(address) && isOwnAddress(address)),
    );
  }
}
