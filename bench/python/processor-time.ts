import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Milliseconds } from '../../protocol/units.ts';

/** Clock ticks of /proc: USER_HZ is 100 on every Linux that Node runs on. */
const TICK: Milliseconds = 10;

/** Processor time that this process's descendants of one kind have used: `--type=renderer` of Chromium. Linux only. */
export function processorTime(kind: string): Milliseconds {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)?.slice(1) as [string, string, string]);
  const family = new Set([String(process.pid)]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const [pid, parent] of rows) if (family.has(parent)) family.add(pid);
    grown = family.size > before;
  }
  return rows
    .filter(([pid, , args]) => family.has(pid) && args.includes(kind))
    .reduce((sum, [pid]) => sum + ticksOf(pid) * TICK, 0);
}

function ticksOf(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0; // gone meanwhile
  }
}
