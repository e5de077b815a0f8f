/** The calls by number, in the order of shim/calls.py. */
const CALL_SITES = [
  'socket',
  'bind',
  'listen',
  'accept',
  'connect',
  'send',
  'recv',
  'sendto',
  'recvfrom',
  'shutdown',
  'close',
  'setsockopt',
  'getsockopt',
  'getaddrinfo',
  'select',
  'sleep',
  'acquire',
  'join',
  'input',
  'detach',
] as const;
export type PythonCallName = (typeof CALL_SITES)[number];

/** What no program calls: the shim's own doing. */
export const NO_SITE = -1;

/** A place in the program as one integer: `line * 32 + number of the call`. Line 0: called by no line of the program. */
export function siteOf(site: number): { readonly line: number; readonly call: PythonCallName } {
  return { line: site >>> 5, call: CALL_SITES[site & 31] as PythonCallName };
}
