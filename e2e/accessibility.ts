import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with each rule that axe finds broken on the page as it now stands, and the elements that break it. */
export async function expectAccessible(page: Page): Promise<void> {
  // The page has no frames: legacy mode spares a second page, in which the results of frames would be put together.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
