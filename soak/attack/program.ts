import type { Milliseconds } from '../../protocol/units.ts';
import { makeLargePage } from '../large-page.ts';
import { type Outcome, pause, type SoakProgram } from '../program.ts';
import { ServerProcess } from '../server/server-process.ts';
import { labPort } from './attack.ts';
import { QuietLearner } from './quiet-learner.ts';
import { ROWS, type Row } from './rows.ts';
import { runRow } from './run-row.ts';

const CHEAP: Milliseconds = 2_000;
const SHORT: Milliseconds = 6_000;
const LONG: Milliseconds = 20_000;
/** What attackers leave behind when they are killed is to be gone soon. */
const GRACE: Milliseconds = 2_000;
/** Code that has run for a while is compiled, and its pools are full: from then on memory tells something. */
const WARM_UP: Milliseconds = 1_500;

/** Every attack of the table, one after another, each beside a quiet learner. */
export const attack: SoakProgram = ({ isLong, only }) => {
  const rows = ROWS.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
  return runRows(rows, isLong ? LONG : SHORT);
};

/** Those that tell most in a few seconds, each with one attacker: server, attacker and learner are to have two cores. */
export const attackShort: SoakProgram = () =>
  runRows(
    ROWS.filter(({ isCheap }) => isCheap).map((row) => ({ ...row, attackers: 1 })),
    CHEAP,
  );

async function runRows(rows: readonly Row[], duration: Milliseconds): Promise<Outcome> {
  const broken: string[] = [];
  const page = makeLargePage();
  let server: { readonly key: string; readonly process: ServerProcess } | undefined;
  try {
    for (const row of rows) {
      const key = JSON.stringify([row.setup, row.descriptors, row.hasLargePage]);
      if (server?.key !== key) {
        await server?.process.stop();
        server = { key, process: await startServer(row, page.webRoot) };
      }
      const outcome = await runRow(row, server.process, duration).catch((error: Error) => ({
        figures: {},
        broken: [error.message],
      }));
      tell(row, outcome);
      broken.push(...outcome.broken.map((line) => `${row.name}: ${line}`));
      if (outcome.broken.length === 0) continue;
      // What this attack has left behind is not the next one's.
      await server.process.stop();
      server = undefined;
    }
  } finally {
    await server?.process.stop();
    page.remove();
  }
  return { figures: { attacks: rows.length }, broken };
}

async function startServer({ setup = {}, descriptors, hasLargePage }: Row, webRoot: string): Promise<ServerProcess> {
  const page = hasLargePage ? { webRoot } : {};
  const limits = { grace: GRACE, ...setup.limits };
  const server = await ServerProcess.start({ ...setup, ...page, limits }, descriptors);
  const learner = await QuietLearner.enter(server.url, labPort(server, 'Raw echo'), setup.token);
  await pause(WARM_UP);
  await learner.leave();
  return server;
}

function tell({ name }: Row, { figures, broken }: Outcome): void {
  const text = Object.entries(figures).map(([what, value]) => `${what} ${value}`);
  console.log(`  ${name.padEnd(34)} ${broken.length === 0 ? 'ok    ' : 'BROKEN'} ${text.join(' | ')}`);
}
