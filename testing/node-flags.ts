import { readFileSync } from 'node:fs';

/** Those of Node's that `npm start` runs the server with, for whoever measures it in a process of its own. */
export const NODE_FLAGS: readonly string[] = JSON.parse(
  readFileSync(new URL('../server/node-flags.json', import.meta.url), 'utf8'),
);
