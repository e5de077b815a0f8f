import type { Toxic } from '../server/faults/toxic.ts';
import { bandwidth, latency, limitData, oneway, slicer, slowClose, truncate } from '../server/faults/toxics.ts';
import { parseTrouble, type Trouble } from '../server/lab/servers/trouble-command.ts';
import { refuse } from '../server/settings.ts';

/** Faults of what is sent, in the words of the lab's Trouble server. @throws {PlaygroundError} CONFIG_INVALID */
export function toxicsOf(text: string): readonly Toxic[] {
  const parsed = parseTrouble(text);
  if (!parsed.ok) return refuse('--trouble', text, `what the Trouble server takes (${parsed.problem})`);
  const { trouble } = parsed;
  if (trouble['half-close'])
    return refuse('--trouble', text, 'no half-close: that is --send-only, or the end of the input');
  return BY_WORD.flatMap((toxicOf) => toxicOf(trouble) ?? []);
}

/** In the order in which bytes meet them. */
const BY_WORD: readonly ((trouble: Trouble) => Toxic | undefined)[] = [
  ({ delay = 0, jitter = 0 }) => (delay + jitter > 0 ? latency(delay, jitter) : undefined),
  ({ slice, drip }) => (slice === undefined && drip === undefined ? undefined : slicer(slice ?? 1, 0, drip ?? 0)),
  ({ bandwidth: rate }) => (rate === undefined ? undefined : bandwidth(rate)),
  ({ limit }) => (limit === undefined ? undefined : limitData(limit)),
  ({ reset }) => (reset === undefined ? undefined : truncate(reset)),
  ({ silent }) => (silent ? oneway() : undefined),
  ({ 'slow-close': delay }) => (delay === undefined ? undefined : slowClose(delay)),
];
