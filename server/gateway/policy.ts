import { PlaygroundError } from '../../protocol/errors.ts';
import type { PolicyMode } from '../../protocol/messages.ts';
import type { Port } from '../../protocol/units.ts';
import { isDeniedPort, isLoopback, isMapped, isMetadata, isPublic } from './address-rules.ts';
import type { AllowRule } from './allow-rule.ts';

export type TransportProtocol = 'tcp' | 'udp';

export type PolicyOptions = {
  readonly mode: PolicyMode;
  readonly allow: readonly AllowRule[];
  /** A lab server, or a listener that a learner opened. */
  readonly isOurs: (transport: TransportProtocol, address: string, port: Port) => boolean;
  /** The machine's own addresses: in open mode only what is ours may be reached there. */
  readonly isOwnAddress: (address: string) => boolean;
};

/** What may be dialled. Asked with literal addresses, every one that a name resolves to. */
export class Policy {
  readonly #options: PolicyOptions;

  constructor(options: PolicyOptions) {
    this.#options = options;
  }
  get mode(): PolicyMode {
    return this.#options.mode;
  }

  /** @throws {PlaygroundError} TARGET_FORBIDDEN, PORT_FORBIDDEN, ADDRESS_FORBIDDEN: why it may not be dialled. */
  check(transport: TransportProtocol, host: string, address: string, port: Port): void {
    const { mode, allow, isOurs, isOwnAddress } = this.#options;
    if (port === 0) throw new PlaygroundError('PORT_FORBIDDEN', 'port 0 names no server');
    if (isMetadata(address) || isMapped(address)) throw new PlaygroundError('ADDRESS_FORBIDDEN', address);
    if (isOurs(transport, address, port)) return;
    if (mode !== 'class' && allow.some((rule) => rule.allows(host, address, port))) return;
    if (mode !== 'open') throw new PlaygroundError('TARGET_FORBIDDEN', `${address} port ${port} in mode ${mode}`);
    if (isDeniedPort(port)) throw new PlaygroundError('PORT_FORBIDDEN', `port ${port}`);
    if (!isPublic(address) || isOwnAddress(address)) throw new PlaygroundError('ADDRESS_FORBIDDEN', address);
  }

  /**
   * A loopback port where nobody listens is worth a try in every mode: the refusal is the lesson, and it reaches no one.
   * The caller has to make sure that nobody listens.
   */
  mayTeachRefusal(address: string, port: Port): boolean {
    return isLoopback(address) && port !== 0;
  }
}
