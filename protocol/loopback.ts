// What stays on the machine, as it is written: RFC 1122 §3.2.1.3 (g), RFC 4291 §2.5.3, RFC 6761 §6.3.

const IPV4_LOOPBACK = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
/** However its zeros are written. */
const IPV6_LOOPBACK = /^(?:(?:0{1,4}:){7}|(?:0{0,4}:)*:(?:0{1,4}:)*)0{0,3}1$/;

/** A literal of 127.0.0.0/8, or `::1`. An IPv4 address within an IPv6 one (`::ffff:127.0.0.1`) is neither. */
export function isLoopbackAddress(address: string): boolean {
  return IPV4_LOOPBACK.test(address) || IPV6_LOOPBACK.test(address);
}
/** `localhost` and the names below it: they stand for loopback, whatever name servers say. */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}
/** Either of them. */
export function isLoopbackHost(host: string): boolean {
  return isLocalName(host) || isLoopbackAddress(host);
}
/** All addresses of the machine, those of the network too. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
/** Where a program of the machine reaches what is bound to this address: a wildcard one is no place to connect to. */
export function dialledAddress(bound: string): string {
  if (!isWildcard(bound)) return bound;
  return bound === '::' ? '::1' : '127.0.0.1';
}
