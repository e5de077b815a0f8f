/** `npm start`: installs and builds what is missing, then runs the server with the arguments given. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildPage, isPageStale } from './page.mjs';
import { environmentOf, findNode, forwardSignals, giveUp, installPackages, ROOT } from './toolchain.mjs';

installPackages();
const node = findNode();
if (isPageStale()) {
  console.log('Building the page …');
  const { output, code } = await buildPage(node);
  if (code !== 0) giveUp(`${output}\nThe page could not be built: see above.`);
}

const server = spawn(node, [join(ROOT, 'server', 'main.ts'), ...process.argv.slice(2)], {
  env: environmentOf(node),
  stdio: 'inherit',
});
forwardSignals(server);
server.on('error', (error) => giveUp(`The server could not be started: ${error.message}`));
server.on('exit', (status, signal) => {
  process.exitCode = status ?? 128 + (signal ? constants.signals[signal] : 0);
});
