import { isIP } from 'node:net';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { isLocalName, isLoopbackAddress } from '../../../protocol/loopback.ts';
import { isHostName, parsePort } from '../../../protocol/target.ts';
import type { Port } from '../../../protocol/units.ts';
import { blockOf, canonicalAddress, isDisguisedBlock, isLinkLocal } from './address-rules.ts';

/** One `--allow`: a host, an address or a CIDR block, and a port or a range of them. */
export type AllowRule = {
  readonly allows: (host: string, address: string, port: Port) => boolean;
  /** Whoever answers for the name decides which address it is. */
  readonly isName: boolean;
};

/**
 * `HOST:PORT`, `ADDRESS:PORT`, `NETWORK/BITS:PORT`, `[IPV6]:PORT`, `[NETWORK/BITS]:PORT`; PORT is a number, `FROM-TO` or `*`.
 * @throws {PlaygroundError} CONFIG_INVALID
 */
export function parseAllowRule(text: string): AllowRule {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):([0-9*-]+)$/.exec(text.trim());
  if (!match) throw invalid(text, 'expected HOST:PORT');
  const place = (match[1] ?? match[2]) as string;
  const isPort = parsePorts(match[3] as string, text);
  const isPlace = parsePlace(place, text);
  const isName = isHostName(place);
  return { isName, allows: (host, address, port) => isPort(port) && isPlace(host, address) };
}

function parsePlace(place: string, text: string): (host: string, address: string) => boolean {
  const [network = '', bits, ...rest] = place.split('/');
  if (bits !== undefined) {
    const family = isIP(network);
    const prefix = Number(bits);
    if (rest.length > 0 || family === 0 || !/^\d{1,3}$/.test(bits) || prefix > (family === 4 ? 32 : 128)) {
      throw invalid(text, 'not a CIDR block');
    }
    return blockRule(network, prefix, text);
  }
  if (isIP(network) !== 0) return blockRule(network, isIP(network) === 4 ? 32 : 128, text);
  if (!isHostName(network)) throw invalid(text, 'neither an address nor a name');
  const name = network.toLowerCase();
  // A name server must not be able to turn a name that was allowed into a way to this machine itself.
  const isLocal = isLocalName(name);
  return (host, address) => host === name && (isLocal || !(isLoopbackAddress(address) || isLinkLocal(address)));
}

function blockRule(network: string, prefix: number, text: string): (host: string, address: string) => boolean {
  const canonical = canonicalAddress(network);
  if (canonical === undefined) throw invalid(text, 'an address has no zone here');
  if (isDisguisedBlock(canonical, prefix))
    throw invalid(text, 'IPv4 within IPv6 is never dialled; write the IPv4 block');
  const isIn = blockOf(canonical, prefix);
  return (_host, address) => isIn(address);
}

function parsePorts(ports: string, text: string): (port: Port) => boolean {
  if (ports === '*') return () => true;
  const [from = '', to = from, ...rest] = ports.split('-');
  let low: Port;
  let high: Port;
  try {
    low = parsePort(from);
    high = parsePort(to);
  } catch {
    throw invalid(text, 'a port is a number, FROM-TO or *');
  }
  if (rest.length > 0 || low > high || low === 0) throw invalid(text, 'a port is a number, FROM-TO or *');
  return (port) => port >= low && port <= high;
}

function invalid(text: string, why: string): PlaygroundError {
  return new PlaygroundError('CONFIG_INVALID', `--allow ${text}: ${why}`);
}
