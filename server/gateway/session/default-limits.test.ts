import { expect, test } from 'vitest';
import { defaultLimits } from '../limits.ts';

test.each([300, 512, 1_024, 1_100, 2_048, 8_192, 16_384])(
  'with %i descriptors the gateway refuses a socket before the kernel does, both ends being its own',
  (descriptors) => {
    const { sockets } = defaultLimits(descriptors);
    expect(sockets).toBeGreaterThanOrEqual(16);
    expect(2 * sockets).toBeLessThan(descriptors);
  },
);

test('more descriptors mean more sockets, up to 8,000', () => {
  const sockets = [2_048, 8_192, 16_384, 65_536, 1_048_576].map((descriptors) => defaultLimits(descriptors).sockets);
  expect(sockets).toEqual([...sockets].sort((a, b) => a - b));
  expect(sockets.at(-1)).toBe(8_000);
});
