import type { Call, ProgramCall } from '../../protocol/call.ts';

/** What a program calls: a lab server prints, and a page's own socket is reset, by no call of Python's. */
export type PythonCallName = Exclude<Call, 'print' | 'reset'> | ProgramCall;

/** The calls by number, in the order of shim/calls.py. */
export const CALL_SITES: readonly PythonCallName[] = [
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
  'get',
  'put',
  'wait',
];

/** What no program calls: the shim's own doing. */
export const NO_SITE = -1;

/** Lines of a program that a site can tell. */
const LINES = 2 ** 20;
const CALLS = 32;

/** Who called what from where: the thread by its number, 0 the main one; line 0: called by no line of the program. */
export type Site = { readonly line: number; readonly call: PythonCallName; readonly thread: number };

/** A place in the program as one integer, as shim/calls.py makes it. */
export function siteOf(site: number): Site {
  const place = Math.floor(site / CALLS);
  return {
    call: CALL_SITES[site % CALLS] as PythonCallName,
    line: place % LINES,
    thread: Math.floor(place / LINES),
  };
}
