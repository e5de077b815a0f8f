import { execFileSync } from 'node:child_process';

/**
 * Puts these processes, all of their threads, on the first of the cores they may use (taskset of util-linux). Returns what puts them back.
 * @throws {Error} where the system has no taskset
 */
export function pinToOneCore(pids: readonly number[]): () => void {
  const before = pids.map((pid) => ({ pid, cores: coresOf(pid) }));
  const [first = '0'] = /\d+/.exec(before[0]?.cores ?? '') ?? [];
  for (const pid of pids) setCores(pid, first);
  return () => {
    for (const { pid, cores } of before) setCores(pid, cores);
  };
}

/** As taskset(1) writes them: 0-1, 0,2. */
function coresOf(pid: number): string {
  return (
    execFileSync('taskset', ['-c', '-p', `${pid}`], { encoding: 'utf8' })
      .split(': ')[1]
      ?.trim() ?? '0'
  );
}
function setCores(pid: number, cores: string): void {
  execFileSync('taskset', ['-a', '-c', '-p', cores, `${pid}`], { stdio: 'ignore' });
}
