/**
 * `npm run dev`: the page by Vite, with hot reload, in front of a gateway that starts again when its files change. Arguments
 * are the server's.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { commandOf, environmentOf, findNode, forwardSignals, giveUp, installPackages, ROOT } from './toolchain.mjs';

installPackages();
const node = findNode();
const env = environmentOf(node);
// An address that was printed stays good when the gateway starts again.
const port = process.env['PLAYGROUND_PORT'] ?? '8080';
const args = ['--watch', '--watch-preserve-output', join(ROOT, 'server', 'main.ts'), '--port', port];
const gateway = spawn(node, [...args, ...process.argv.slice(2)], { env, stdio: 'inherit' });
const page = spawn(node, [commandOf('vite')], {
  cwd: ROOT,
  env: { ...env, GATEWAY_URL: `http://127.0.0.1:${port}` },
  stdio: 'inherit',
});
for (const child of [gateway, page]) {
  forwardSignals(child);
  child.on('error', (error) => giveUp(error.message));
  child.on('exit', () => {
    gateway.kill();
    page.kill();
  });
}
