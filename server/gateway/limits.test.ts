import { expect, test } from 'vitest';
import { startTestPlayground } from '../../testing/playground.ts';
import { limitsWith } from './limits.ts';

const LIMITS = { streams: 16, grace: 120_000 };

test('some limits are set otherwise, the rest stays', () => {
  expect(limitsWith(LIMITS, { grace: 0 })).toEqual({ streams: 16, grace: 0 });
});

test.each([
  { steams: 8 },
  { streams: -1 },
  { streams: Number.NaN },
  { streams: Number.POSITIVE_INFINITY },
  { streams: '8' },
])('%o is no limit', (overrides: object) => {
  expect(() => limitsWith(LIMITS, overrides)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

test('a server whose limits are wrong does not start', async () => {
  const limits = { streams: Number.NaN };
  await expect(startTestPlayground({ limits })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
