import type { ByteCount } from '../../protocol/units.ts';
import type { Conversation, Step } from './conversation.ts';

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
