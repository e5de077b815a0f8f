import { expect, test } from 'vitest';
import { PROGRAMS } from './programs.ts';

const SEED = 20_240_229;
/** Each takes seconds on a quiet machine; tests run beside one another. */
const TIMEOUT = 60_000;

// The others need the machine for themselves, or longer: npm run soak.
test.each(['resume', 'herd', 'half-requests', 'orphans', 'fuzz', 'descriptors'] as const)(
  'soak: %s keeps its bounds in its short form',
  async (name) => {
    const { figures, broken } = await PROGRAMS[name]({ isLong: false, seed: SEED });
    expect(broken, JSON.stringify(figures)).toEqual([]);
  },
  TIMEOUT,
);
