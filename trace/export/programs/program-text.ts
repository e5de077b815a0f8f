import type { ByteCount } from '../../../protocol/units.ts';
import type { Conversation, Step } from '../conversation.ts';

// What the writers of programs share.

/** How a program is told to go elsewhere than where the recording went. */
export const ADDRESS_USAGE: Readonly<Record<Conversation['transport'], string>> = {
  tcp: '[host] [port]',
  udp: '[host] [port]',
  unix: '[path]',
};

export function indent(lines: readonly string[], depth: number, unit = '    '): string[] {
  return lines.map((line) => (line === '' ? '' : unit.repeat(depth) + line));
}

/** What the recording has no calls of, and what the program does about it; nothing where it has them all. */
export function missingLines({ transport, missing }: Conversation): string[] {
  if (!missing) return [];
  const lines = ['The recording is not whole: its first calls are no longer kept.'];
  if (transport === 'udp') return [...lines, 'Their datagrams are left out.'];
  if (missing.sent > 0) lines.push(`The ${missing.sent} bytes that they sent are one send here.`);
  if (missing.received > 0) lines.push(`The ${missing.received} bytes that they received are not waited for.`);
  return lines;
}

export function hasStep({ steps }: Conversation, kind: Step['kind']): boolean {
  return steps.some((step) => step.kind === kind);
}

/** The most bytes that are sent without one being read in between. */
export function mostInARow({ steps }: Conversation): ByteCount {
  let most = 0;
  let run = 0;
  for (const step of steps) {
    if (step.kind === 'send') run += step.bytes.length;
    else run = 0;
    most = Math.max(most, run);
  }
  return most;
}
