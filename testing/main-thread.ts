import type { Browser, Page } from '@playwright/test';

type TraceRecord = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** µs on the wall, and µs of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};
/** What the page's main thread did, in ms. A frame is late where a task holds the thread: `cpu` is that, whatever else runs. */
export type Work = {
  readonly totalCpu: number;
  readonly longestCpu: number;
  readonly p99Cpu: number;
  readonly longestWall: number;
  /** The share of the time that the thread's tasks had the processor; below 1 others had it. */
  readonly share: number;
};

const CATEGORIES = ['-*', '__metadata', 'disabled-by-default-devtools.timeline'];

/** Runs `done` under the browser's own tracing: each task of the main thread with the processor time that it took. */
export async function workUntil(browser: Browser, page: Page, done: () => Promise<unknown>): Promise<Work> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await done();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceRecord[] };
  return workIn(traceEvents);
}

/** Of the renderer that worked most: another one may be kept ready for the next page. */
function workIn(records: readonly TraceRecord[]): Work {
  const mains = records.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const threads = mains.map(({ pid, tid }) =>
    records.filter((one) => one.pid === pid && one.tid === tid && one.name === 'RunTask' && one.ph === 'X'),
  );
  const tasks = threads.sort((a, b) => total(b, 'tdur') - total(a, 'tdur'))[0] ?? [];
  if (tasks.length === 0) throw new Error('the trace has no task of the main thread');
  const cpu = tasks.map(({ tdur = 0 }) => tdur / 1_000).sort((a, b) => a - b);
  return {
    totalCpu: total(tasks, 'tdur') / 1_000,
    longestCpu: cpu.at(-1) ?? 0,
    p99Cpu: cpu[Math.floor(cpu.length * 0.99)] ?? 0,
    longestWall: Math.max(...tasks.map(({ dur = 0 }) => dur / 1_000)),
    share: total(tasks, 'tdur') / Math.max(1, total(tasks, 'dur')),
  };
}
function total(records: readonly TraceRecord[], field: 'dur' | 'tdur'): number {
  return records.reduce((sum, record) => sum + (record[field] ?? 0), 0);
}
