import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Simulation, STEP_KINDS } from '../testing/simulation.ts';

/** SIM_RUNS=50000 for the long form; SIM_SEED repeats a share that was printed. */
const RUNS = Number(process.env['SIM_RUNS'] ?? 2_000);
const SEED = Number(process.env['SIM_SEED'] ?? Date.now() % 2 ** 31);
/** So many histories a test: each stays well within a test's time on a busy machine. */
const SHARE = 1_000;

const steps = fc.array(fc.nat(STEP_KINDS * 1_024 - 1), { maxLength: 80, size: 'max' });
/** At the beginning, shortly before numbers go round, and where their sign bit turns. */
const origins = fc.constantFrom(0, 0xffff_fff0, 0x7fff_fff8);
const history = fc.property(steps, origins, (chosen, originSeq) => {
  const simulation = new Simulation(originSeq);
  for (const step of chosen) simulation.step(step % STEP_KINDS, Math.floor(step / STEP_KINDS));
  simulation.settle();
});

let count = 0;
const start = performance.now();
afterAll(() => {
  const seconds = (performance.now() - start) / 1_000;
  console.info(`simulation: ${count} histories in ${seconds.toFixed(1)} s, seeds from ${SEED}`);
});

const shares = Array.from({ length: Math.ceil(RUNS / SHARE) }, (_, index) => SEED + index);
test.each(shares)('histories of sends, cuts and late deliveries lose, double and reorder nothing, seed %i', (seed) => {
  const details = fc.check(history, { numRuns: Math.min(SHARE, RUNS), seed });
  count += details.numRuns;
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  expect(details.numRuns).toBe(Math.min(SHARE, RUNS));
});
