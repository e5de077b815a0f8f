import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { ProgramPage } from '../e2e/pages/program-page.ts';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/chromium.mjs';
import { startTestPlayground } from '../testing/playground.ts';
import { startPeers } from './python/peers.ts';
import { processorTime } from './python/processor-time.ts';
import { bulk, pingPong, WAITING } from './python/programs.ts';

// Prints how fast Python in the tab is: `npm run bench:python`. The page has to be built.

const BULK_BYTES = 33_554_432;
const IDLE_MS = 5_000;
/** The budgets of a class are for honest learners; a measure is none. */
const OPEN = { framesPerSecond: 1e6, framesBurst: 1e6, bytesPerSecond: 1e9, bytesBurst: 1e9 };

const peers = await startPeers(BULK_BYTES);
const playground = await startTestPlayground({ mode: 'allow-list', allow: ['127.0.0.1:*'], limits: OPEN });
const executablePath = findChromium();
const browser = await chromium.launch({ args: [...CHROMIUM_FLAGS], ...(executablePath ? { executablePath } : {}) });
const context = await browser.newContext();

try {
  print('first visit ready', await visit(context), 'ms');
  print('second visit ready', await visit(context), 'ms');
  print('third visit ready', await visit(context), 'ms');
  const page = await context.newPage();
  const program = new ProgramPage(page);
  await program.open(`${playground.url}program`);
  for (const source of [pingPong(peers), bulk(peers)]) {
    report('tab', await runInTab(program, source));
    report('CPython', await runNative(source));
  }
  await program.server.write(WAITING);
  await program.server.run.click();
  await program.server.output.getByText('waiting').waitFor();
  await delay(1_000);
  const before = processorTime('--type=renderer');
  await delay(IDLE_MS);
  print('processor time of a tab that waits', (processorTime('--type=renderer') - before) / (IDLE_MS / 1_000), 'ms/s');
} finally {
  await browser.close();
  await playground.close();
  await peers.close();
}

async function visit(visitor: BrowserContext): Promise<number> {
  const page: Page = await visitor.newPage();
  const start = performance.now();
  const program = new ProgramPage(page);
  await page.goto(`${playground.url}program`);
  await program.serverReady();
  const took = performance.now() - start;
  await program.ready();
  await page.close();
  return Math.round(took);
}

async function runInTab(program: ProgramPage, source: string): Promise<string> {
  const { server } = program;
  await server.write(source);
  await server.pane.getByRole('button', { name: 'Clear' }).click();
  await server.run.click();
  await server.pane.getByText(/^Ended/).waitFor({ timeout: 60_000 });
  return (await server.output.getByText(/: \d/).allTextContents()).join('\n');
}
async function runNative(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)('python3', ['-c', source]);
  return stdout;
}

function report(where: string, output: string): void {
  for (const [, name, figure] of output.matchAll(/(ping-pong|up|down): ([\d.]+)/g)) {
    print(`${name}, ${where}`, Number(figure), name === 'ping-pong' ? 'round trips/s' : 'MB/s');
  }
}
function print(name: string, figure: number, unit: string): void {
  process.stdout.write(`${name.padEnd(40)}${String(figure).padStart(10)} ${unit}\n`);
}
