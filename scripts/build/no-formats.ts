import type { Plugin } from 'vite';

const FORMATS = /\/typebox\/build\/format\/index\.mjs$/;
const NONE = `export const Format = {
  Test() {
    throw new Error('no schema of the page has a format: scripts/build/no-formats.ts');
  },
};
export default Format;`;

/**
 * Leaves out what TypeBox knows of dates, host names and the like (JSON Schema's `format`): no schema here has one, and the first visit
 * would load 5 kB of it.
 */
export function noFormats(): Plugin {
  return {
    name: 'no-formats',
    enforce: 'pre',
    load: (id) => (FORMATS.test(id) ? NONE : undefined),
  };
}
