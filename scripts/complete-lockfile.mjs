/**
 * Adds to package-lock.json the platform packages that the registry at hand did not offer, so that `npm ci` accepts the
 * file on every platform. npm leaves out of the lock file what it cannot look up; `npm ci` then calls the file out of step.
 * Run it after every change of dependencies: `npm run lockfile`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const OS = ['linux', 'darwin', 'win32', 'freebsd', 'android', 'openharmony'];
const CPU = ['x64', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32'];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
let added = 0;
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const words = name.split(/[-/]/);
    const os = OS.find((known) => words.includes(known));
    if (lock.packages[path] || !os || !/^\d/.test(version)) continue;
    const cpu = CPU.find((known) => words.includes(known)) ?? 'arm';
    const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {};
    lock.packages[path] = { version, cpu: [cpu], ...libc, optional: true, os: [os] };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platform packages added to package-lock.json`);
