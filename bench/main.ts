import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Adapter } from './adapters/adapter.ts';
import { direct } from './adapters/direct.ts';
import { gateway } from './adapters/gateway.ts';
import { websockify, websockifyWithBufferutil } from './adapters/websockify.ts';
import { wisp } from './adapters/wisp.ts';
import { startProgram } from './child.ts';
import {
  bothWays,
  bulk,
  type Figures,
  idle,
  onOneCore,
  pingPong,
  pipelined,
  type Scenario,
  stalled,
  type Targets,
} from './scenarios.ts';

/**
 * `npm run bench -- [--only WORD] [--rounds N] [--quick]`: the gateway beside a bare net.connect and other bridges, in one
 * interleaved run: each round runs each candidate once, so that what the machine does meanwhile meets them all.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    candidates: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
  },
});
const share = values.quick ? 0.125 : 1;
const SCENARIOS: readonly Scenario[] = [
  bulk(256 * 2 ** 20 * share),
  bothWays(128 * 2 ** 20 * share),
  pingPong(1, 4_000 * share),
  pingPong(100, 400 * share),
  pingPong(1_000, 40 * share),
  pipelined(200_000 * share),
  onOneCore(bulk(128 * 2 ** 20 * share)),
  onOneCore(pingPong(1, 4_000 * share)),
  idle(1_000),
  idle(5_000),
  idle(10_000),
  stalled(1_024 * 2 ** 20),
];
const CANDIDATES: readonly Adapter[] = [direct, gateway, wisp, websockify, websockifyWithBufferutil];

function installCompetitors(): void {
  const folder = fileURLToPath(new URL('competitors', import.meta.url));
  if (existsSync(`${folder}/node_modules`)) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function measure(adapter: Adapter, scenario: Scenario, targets: Targets): Promise<Figures> {
  const { echo, source, sink, duplex } = targets;
  const bridge = await adapter.start([echo, source, sink, duplex]);
  try {
    return await scenario.run(bridge, targets);
  } finally {
    await bridge.stop();
  }
}

function print(scenario: Scenario, results: ReadonlyMap<string, Figures[]>): void {
  console.log(`\n${scenario.name} (${scenario.unit})`);
  const base = results.get(direct.name);
  for (const [name, rounds] of results) {
    if (rounds.length === 0) continue;
    const cells = Object.keys(rounds[0] ?? {}).map((figure) => {
      const value = median(rounds.map((round) => round[figure] ?? Number.NaN));
      const bare = base?.length ? median(base.map((round) => round[figure] ?? Number.NaN)) : Number.NaN;
      const ratio = bare > 0 && name !== direct.name ? ` (× ${(value / bare).toFixed(2)})` : '';
      return `${figure} ${value.toPrecision(4)}${ratio}`;
    });
    console.log(`  ${name.padEnd(12)} ${cells.join('   ')}`);
  }
}

installCompetitors();
const targets = await startProgram<Targets>('targets.ts');
const chosen = CANDIDATES.filter(({ name }) => values.candidates === '' || values.candidates.split(',').includes(name));
for (const scenario of SCENARIOS.filter(({ name }) => name.includes(values.only))) {
  const isMemory = !scenario.isRate;
  const results = new Map(chosen.map(({ name }): [string, Figures[]] => [name, []]));
  for (let round = 0; round < (isMemory ? 1 : Number(values.rounds)); round += 1) {
    for (const adapter of chosen) {
      if (isMemory && adapter === direct) continue;
      try {
        results.get(adapter.name)?.push(await measure(adapter, scenario, targets.ready));
      } catch (error) {
        console.log(`  ${adapter.name}: ${(error as Error).message}`);
      }
    }
  }
  print(scenario, results);
}
await targets.stop();
process.exit(0);
