/** `npm start`: installs and builds what is missing, then runs the server with the arguments given. */
import { join } from 'node:path';
import { buildPage, isPageStale } from './page.mjs';
import { become, findNode, giveUp, installPackages, ROOT } from './toolchain.mjs';

installPackages();
const node = findNode();
if (isPageStale()) {
  console.log('Building the page …');
  const { output, code } = await buildPage(node);
  if (code !== 0) giveUp(`${output}\nThe page could not be built: see above.`);
}
become(node, [join(ROOT, 'server', 'main.ts'), ...process.argv.slice(2)]);
