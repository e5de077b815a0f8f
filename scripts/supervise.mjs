/**
 * Runs the server in the start script's place, and ends it whenever the start script, or the npm that runs it, ends. npm
 * passes SIGINT and SIGTERM to its shell alone and SIGHUP to nobody, and dash (Debian's sh) passes on nothing: of a SIGTERM
 * or SIGHUP they end and this script does not. So it looks whether they are still there. dash keeps a SIGINT for itself
 * until this script has ended: that one, sent to npm alone, does not arrive. A terminal's Ctrl+C goes to every process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { environmentOf, giveUp } from './toolchain.mjs';

const LOOK_EVERY = 250;
/** As it was when the script began: npm may end while the page is built. */
const PARENT = process.ppid;

/** With its terminal, its signals, its exit code. @param {string} node @param {string[]} args */
export function supervise(node, args) {
  // The server stops when its channel closes: that is what it sees of a start script that was killed.
  const child = spawn(node, args, { env: environmentOf(node), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const stopLooking = whenNpmEnds(() => child.kill('SIGTERM'));
  child.on('error', (error) => giveUp(`${args[0]} could not be started: ${error.message}`));
  child.on('exit', (status, signal) => {
    stopLooking();
    process.exitCode = status ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}

/**
 * Only below npm: who starts the script from a shell and leaves, with nohup or setsid, means it to stay.
 * @param {() => void} onEnd @returns {() => void} stops looking
 */
function whenNpmEnds(onEnd) {
  const script = process.env['npm_lifecycle_script'];
  if (script === undefined || process.platform === 'win32') return () => undefined;
  const npm = shellsParent(PARENT, script);
  const timer = setInterval(() => {
    if (process.ppid === PARENT && (npm === undefined || isRunning(npm))) return;
    clearInterval(timer);
    onEnd();
  }, LOOK_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

/** The parent of the shell between npm and this script; undefined where the shell has become this script, as bash does. @param {number} pid @param {string} script */
function shellsParent(pid, script) {
  const { args, parent } = lookUp(pid);
  return args.includes(script) && parent > 0 ? parent : undefined;
}

/** @param {number} pid @returns {{ args: string, parent: number }} */
function lookUp(pid) {
  try {
    // proc(5): the name may have blanks and parentheses, the rest has none. There may be no ps(1) on Linux.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '), parent };
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent = '', args = ''] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
    return { args, parent: Number(parent) };
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
