/** The calls of BSD sockets, plus `print` (what the lab server's program printed) and `reset` (close with SO_LINGER 0). */
export const Call = {
  socket: 1,
  bind: 2,
  listen: 3,
  accept: 4,
  connect: 5,
  send: 6,
  recv: 7,
  sendto: 8,
  recvfrom: 9,
  shutdown: 10,
  close: 11,
  reset: 12,
  print: 13,
  setsockopt: 14,
  /** select(2), poll(2), epoll_wait(2): of each socket that was ready. */
  select: 15,
  /** A name's addresses are looked up: told of the socket that they are for. */
  getaddrinfo: 16,
} as const;
export type Call = keyof typeof Call;
/** Calls of a program that no socket is told of, or that are of none. */
export const PROGRAM_CALLS = [
  'getsockopt',
  'getaddrinfo',
  'sleep',
  'acquire',
  'join',
  'input',
  'detach',
  'get',
  'put',
  'wait',
] as const;
export type ProgramCall = (typeof PROGRAM_CALLS)[number];

export const CALL_NAMES = Object.keys(Call) as readonly Call[];
