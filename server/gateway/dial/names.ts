import { PlaygroundError, toSocketErrorCode } from '../../../protocol/errors.ts';
import { isLocalName } from '../../../protocol/loopback.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { FairTurns } from './fair-turns.ts';

export type FoundAddress = { readonly address: string; readonly family: number };
/** All addresses of a name, in the order in which they are to be tried; gives up on `signal`. @throws {Error} `code` ENOTFOUND … */
export type LookupAll = (host: string, signal: AbortSignal) => Promise<readonly FoundAddress[]>;

/** One look-up has a socket of its own; a name that nobody answers for holds it until the time is over. */
const LOOKUPS = { all: 64, each: 4, waiting: 64 };
const LOOPBACK = ['127.0.0.1', '::1'];

/** What names stand for. However many somebody asks for that nobody answers for, others have their turn. */
export class Names<Asker extends object> {
  readonly #lookup: LookupAll;
  readonly #timeout: Milliseconds;
  readonly #isHere: (address: string) => boolean;
  readonly #turns = new FairTurns<Asker>(LOOKUPS);

  /** `timeout`: for one name, with the time that it waits for its turn. `isHere`: whether the machine has this loopback address. */
  constructor(lookup: LookupAll, timeout: Milliseconds, isHere: (address: string) => boolean) {
    this.#lookup = lookup;
    this.#timeout = timeout;
    this.#isHere = isHere;
  }

  /** @throws {PlaygroundError} NAME_UNRESOLVED, also when there is no answer within the time. */
  async addressesOf(name: string, asker: Asker): Promise<readonly string[]> {
    // RFC 6761 §6.3: nobody is asked what these are.
    if (isLocalName(name)) return LOOPBACK.filter((address) => address !== '::1' || this.#isHere(address));
    const found = await this.#find(name, asker);
    if (found.length === 0) throw new PlaygroundError('NAME_UNRESOLVED', name);
    return found.map(({ address }) => address);
  }

  async #find(name: string, asker: Asker): Promise<readonly FoundAddress[]> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(Object.assign(new Error('late'), { code: 'ETIMEOUT' })), this.#timeout);
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    late.signal.addEventListener('abort', () => reject(late.signal.reason), { once: true });
    try {
      const looking = this.#turns.run(asker, late.signal, () => this.#lookup(name, late.signal));
      return await Promise.race([looking, tooLate]);
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? toSocketErrorCode(undefined);
      throw new PlaygroundError('NAME_UNRESOLVED', `${name}: ${cause instanceof RangeError ? 'EAGAIN' : code}`, {
        cause,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}
