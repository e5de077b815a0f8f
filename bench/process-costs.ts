import { readFileSync } from 'node:fs';
import type { ByteCount, Milliseconds } from '../protocol/units.ts';
import type { RunningBridge } from './adapters/adapter.ts';

type CpuTime = { readonly bridge: Milliseconds; readonly client: Milliseconds };

/** User and system time of a process, in ms (proc(5); a tick is 10 ms). */
function cpuOf(pid: number | undefined): Milliseconds {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
export function rssOf(pid: number | undefined): ByteCount {
  if (pid === undefined) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024;
}

/** Processor time since it was made, of the bridge and of this process, which is the client of whichever bridge. */
export function startCpu(bridge: RunningBridge): () => CpuTime {
  const before = cpuOf(bridge.pid);
  const own = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(own);
    return { bridge: cpuOf(bridge.pid) - before, client: (user + system) / 1_000 };
  };
}

export function perGibibyte(cpu: CpuTime, bytes: ByteCount): Readonly<Record<string, number>> {
  const gibibytes = bytes / 2 ** 30;
  return {
    'bridge CPU s/GiB': cpu.bridge / 1_000 / gibibytes,
    'client CPU s/GiB': cpu.client / 1_000 / gibibytes,
  };
}
export function perMessage(cpu: CpuTime, messages: number): Readonly<Record<string, number>> {
  return {
    'bridge CPU µs each': (cpu.bridge * 1_000) / messages,
    'client CPU µs each': (cpu.client * 1_000) / messages,
  };
}
