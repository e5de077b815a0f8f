import { PlaygroundError } from './errors.ts';
import type { Port } from './units.ts';

export type HostKind = 'ipv4' | 'ipv6' | 'name';
export type Target = { readonly host: string; readonly port: Port; readonly kind: HostKind };

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const H16 = /^[0-9a-f]{1,4}$/i;

/** Dotted decimal of four parts, no leading zeros (RFC 6943 §3.1.1: the loose forms are what attackers write). */
export function isIpv4(host: string): boolean {
  return IPV4.test(host);
}

/** RFC 4291 §2.2 without a zone: eight groups, one `::` at the most, a dotted quad allowed at the end. */
export function isIpv6(host: string): boolean {
  if (!host.includes(':') || host.length > 45) return false;
  const halves = host.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const quad = last !== undefined && isIpv4(last) && !host.endsWith('::');
  const words = quad ? groups.slice(0, -1) : groups;
  if (!words.every((word) => H16.test(word))) return false;
  const size = words.length + (quad ? 2 : 0);
  return halves.length === 2 ? size < 8 : size === 8;
}

/** RFC 1123 §2.1 labels, 253 characters at the most; the last begins with a letter, so that no number looks like a name. */
export function isHostName(host: string): boolean {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  return host.length <= 253 && labels.every((label) => LABEL.test(label)) && /^[a-z]/i.test(last);
}

/** Brackets are for IPv6 alone (RFC 3986 §3.2.2). @throws {PlaygroundError} HOST_INVALID */
export function parseHost(text: string): { host: string; kind: HostKind } {
  const trimmed = text.trim();
  const isBracketed = trimmed.startsWith('[') && trimmed.endsWith(']');
  const host = isBracketed ? trimmed.slice(1, -1) : trimmed;
  // Lower case only after the check: the lower case of some letters outside ASCII is in it (U+212A).
  if (isIpv6(host)) return { host: host.toLowerCase(), kind: 'ipv6' };
  if (!isBracketed && isIpv4(host)) return { host, kind: 'ipv4' };
  if (!isBracketed && isHostName(host)) return { host: host.toLowerCase(), kind: 'name' };
  throw new PlaygroundError('HOST_INVALID', JSON.stringify(text));
}

/** Decimal digits only, 0–65535. @throws {PlaygroundError} PORT_INVALID */
export function parsePort(text: string): Port {
  const digits = text.trim();
  if (!/^[0-9]{1,5}$/.test(digits) || Number(digits) > 65_535) {
    throw new PlaygroundError('PORT_INVALID', JSON.stringify(text));
  }
  return Number(digits);
}

/** @internal What one types, for tests. @throws {PlaygroundError} HOST_INVALID, PORT_INVALID */
export function parseTarget(host: string, port: string): Target {
  return { ...parseHost(host), port: parsePort(port) };
}

/** `127.0.0.1:8009`, `[::1]:8009`. */
export function formatEndpoint(host: string, port: Port): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
