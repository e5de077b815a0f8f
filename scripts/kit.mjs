/**
 * `npm run kit -- pack`: dist/package and the tarball beside it. `npm run kit -- check`: packs, and tries the tarball in empty
 * folders as a stranger would; prints a line for each bar, also for what cannot be tried here. `check WORD…`: those bars alone.
 */
import { findNode, giveUp, installPackages } from './toolchain.mjs';

const [command, ...words] = process.argv.slice(2);
if (command !== 'pack' && command !== 'check') giveUp('npm run kit -- pack, or npm run kit -- check [WORD…]');
installPackages();
const node = findNode();
const { pack } = await import('./package/pack.mjs');
const { file, packed, unpacked, count } = await pack(node);
console.log(`${file}: ${count} files, ${(packed / 1e6).toFixed(1)} MB, ${(unpacked / 1e6).toFixed(1)} MB unpacked`);
if (command === 'check') {
  const { check } = await import('./package/check.mjs');
  process.exitCode = (await check({ node, file, words })) ? 0 : 1;
}
