import type { TriedSocket } from '../../../protocol/messages/calls.ts';

/** What the tutorial names, in its order. */
export const FAMILIES = ['AF_INET', 'AF_INET6', 'AF_UNIX'] as const;
export const TYPES = ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_RDM', 'SOCK_SEQPACKET'] as const;

/** unix(7): the kernel makes SOCK_RAW over AF_UNIX a SOCK_DGRAM, without a word. */
export function becomesDatagram(family: string, type: string): boolean {
  return family === 'AF_UNIX' && type === 'SOCK_RAW';
}

export function outcomeOf(tried: readonly TriedSocket[], family: string, type: string): string | undefined {
  return tried.find((one) => one.family === family && one.type === type)?.outcome;
}
