import type { Trouble } from '../../../protocol/messages/options.ts';

export const SLIDERS = ['latency', 'jitter', 'slice', 'bandwidth', 'limit', 'reset', 'slowClose'] as const;
export type SliderName = (typeof SLIDERS)[number];
export type Direction = NonNullable<Trouble['direction']>;
/** Where each slider stands, as an index of its places. */
export type TroubleDraft = Readonly<Record<SliderName, number>> & {
  /** Whether the next connection goes through a proxy. */
  readonly isProxied: boolean;
  readonly direction: Direction;
};

const TIMES = [0, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;
const COUNTS = [0, 1, 2, 3, 5, 8, 10, 16, 20, 50, 100, 1_000, 10_000] as const;
/** What each place stands for: ms, bytes, or bytes per second; 0 is off. */
export const PLACES: Readonly<Record<SliderName, readonly number[]>> = {
  latency: TIMES,
  jitter: TIMES,
  slice: [0, 1, 2, 3, 4, 5, 8, 16, 64, 256, 1_024],
  bandwidth: [0, 1_000_000, 100_000, 10_000, 3_000, 1_000, 300, 100],
  limit: COUNTS,
  reset: COUNTS,
  slowClose: TIMES,
};

export const NO_TROUBLE: TroubleDraft = {
  latency: 0,
  jitter: 0,
  slice: 0,
  bandwidth: 0,
  limit: 0,
  reset: 0,
  slowClose: 0,
  isProxied: false,
  direction: 'down',
};

function chosen(draft: TroubleDraft, name: SliderName): number {
  return PLACES[name][draft[name]] ?? 0;
}

/** What the proxy is asked for: nothing of the sliders that are off. */
export function troubleOf(draft: TroubleDraft): Trouble {
  const set = SLIDERS.flatMap((name) => (chosen(draft, name) > 0 ? [[name, chosen(draft, name)] as const] : []));
  return { ...Object.fromEntries(set), direction: draft.direction };
}

/** The trouble server's words for these. */
const WORDS: Readonly<Record<SliderName, string>> = {
  latency: 'delay',
  jitter: 'jitter',
  slice: 'slice',
  bandwidth: 'bandwidth',
  limit: 'limit',
  reset: 'reset',
  slowClose: 'slow-close',
};

/** The first line for the lab's trouble server; undefined where no trouble is asked for. */
export function troubleLine(draft: TroubleDraft): string | undefined {
  const commands = SLIDERS.flatMap((name) => {
    const value = chosen(draft, name);
    return value > 0 ? [`${WORDS[name]} ${value}`] : [];
  });
  return commands.length > 0 ? commands.join(', ') : undefined;
}
