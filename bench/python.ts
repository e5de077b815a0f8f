import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import type { Milliseconds } from '../protocol/units.ts';
import { startProgram } from './child.ts';
import { BareBrowser } from './python/browser.ts';
import { startPeers } from './python/peers.ts';
import { processorTime } from './python/processor-time.ts';
import { bulk, LONG_LINE, PRINTING, pingPong, WAITING } from './python/programs.ts';
import { ProgramTab } from './python/tab.ts';

/**
 * `npm run bench:python -- [--rounds N] [--row WORD] [--page FOLDER]…`: how fast Python in the tab is; `--row`: only the figures whose
 * names contain the word. The page has to be built; pages of
 * several builds are measured in turn, so that what the machine does meanwhile meets them all. The gateway runs with its
 * budgets off, as those of a class (2,000 frames and 2 MB a second) would be all that is seen.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    row: { type: 'string', default: '' },
    page: { type: 'string', multiple: true, default: [''] },
  },
});
const BULK_BYTES = 33_554_432;
const IDLE: Milliseconds = 5_000;
/** What has just ended is drawn and collected first. */
const SETTLING: Milliseconds = 1_000;
const VISITS = ['first visit ready', 'second visit ready', 'third visit ready'];
const TRANSFERS = ['ping-pong', 'up', 'down'];
const PRINTING_TASK = 'longest task, two programs print without end (0: ≤ 50)';
const LINE_TASK = 'longest task, a line of 2 MB is printed (0: ≤ 50)';
const IDLING = [
  'processor time while nothing runs',
  'processor time in the first minute of waiting',
  'processor time past a minute of waiting',
] as const;
const isWanted = (...names: readonly string[]): boolean => names.some((name) => name.includes(values.row));

const figures = new Map<string, Map<string, number[]>>();
const peers = await startPeers(BULK_BYTES);
try {
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const page of values.page) await measure(page);
    if (isWanted(...TRANSFERS))
      for (const source of [pingPong(peers), bulk(peers)]) note('CPython', await runNative(source));
  }
} finally {
  await peers.close();
}
process.stdout.write('Medians and best of each; the gateway with its budgets off.\n');
for (const [name, ofWhere] of figures) {
  for (const [where, all] of ofWhere) {
    const sorted = all.toSorted((a, b) => a - b);
    const best = /ready|processor|task/.test(name) ? sorted[0] : sorted.at(-1);
    const cells = [sorted[sorted.length >> 1], best].map((figure) => String(figure).padStart(10)).join('');
    process.stdout.write(`${`${name}, ${where}`.padEnd(64)}${cells} ${unitOf(name)}\n`);
  }
}

async function measure(folder: string): Promise<void> {
  const where = folder || 'tab';
  const gateway = await startProgram<{ url: string }>('gateway.ts', ['--page', folder, '*']);
  const browser = await BareBrowser.launch();
  try {
    for (const visit of VISITS.filter((name) => isWanted(name))) {
      const { tab, ready } = await ProgramTab.open(browser, gateway.ready.url);
      add(visit, where, Math.round(ready));
      await tab.settle();
      await tab.close();
    }
    const { tab } = await ProgramTab.open(browser, gateway.ready.url);
    await tab.settle();
    if (isWanted(...TRANSFERS)) for (const source of [pingPong(peers), bulk(peers)]) note(where, await tab.run(source));
    if (isWanted(PRINTING_TASK)) add(PRINTING_TASK, where, await printing(tab));
    if (isWanted(LINE_TASK)) add(LINE_TASK, where, await tab.longestTask(() => tab.run(LONG_LINE)));
    if (isWanted(...IDLING)) await idle(tab, where);
  } finally {
    await browser.close();
    await gateway.stop();
  }
}

async function printing(tab: ProgramTab): Promise<Milliseconds> {
  const longest = await tab.longestTask(async () => {
    for (const file of ['server.py', 'client.py']) await tab.start(PRINTING, file);
    await delay(IDLE);
  });
  await tab.stop();
  return longest;
}
async function idle(tab: ProgramTab, where: string): Promise<void> {
  const [nothing, firstMinute, later] = IDLING;
  await noteProcessorTime(nothing, where);
  await tab.start(WAITING);
  await tab.blur();
  await noteProcessorTime(firstMinute, where);
  await tab.untilBlockedFor(60);
  await noteProcessorTime(later, where);
}
async function noteProcessorTime(name: string, where: string): Promise<void> {
  await delay(SETTLING);
  const before = processorTime('--type=renderer');
  await delay(IDLE);
  add(name, where, (processorTime('--type=renderer') - before) / (IDLE / 1_000));
}
async function runNative(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)('python3', ['-c', source]);
  return stdout;
}
function note(where: string, output: string): void {
  for (const [, name, figure] of output.matchAll(/(ping-pong|up|down): ([\d.]+)/g))
    add(`${name}`, where, Number(figure));
}
function add(name: string, where: string, figure: number): void {
  const ofWhere = figures.get(name) ?? new Map<string, number[]>();
  figures.set(name, ofWhere);
  ofWhere.set(where, [...(ofWhere.get(where) ?? []), figure]);
}
function unitOf(name: string): string {
  if (name === 'ping-pong') return 'round trips/s';
  if (name.includes('ready') || name.includes('task')) return 'ms';
  return name.includes('processor') ? 'ms/s' : 'MB/s';
}
