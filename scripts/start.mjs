/** `npm start`: installs and builds what is missing, then runs the server with the arguments given. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPage, isPageStale } from './page.mjs';
import { supervise } from './supervise.mjs';
import { findNode, forwardSignals, giveUp, installPackages, mustBeWritable, ROOT } from './toolchain.mjs';

installPackages();
const node = findNode();
if (isPageStale()) {
  mustBeWritable('The page is not built, or of older sources');
  console.log('Building the page …');
  const { output, code } = await buildPage(node, forwardSignals);
  if (code !== 0) giveUp(`${output}\nThe page could not be built: see above.`);
}
/** When the collector runs: docs/performance.md, "Beside other bridges". */
const flags = JSON.parse(readFileSync(join(ROOT, 'server', 'node-flags.json'), 'utf8'));
supervise(node, [...flags, join(ROOT, 'server', 'main.ts'), ...process.argv.slice(2)]);
