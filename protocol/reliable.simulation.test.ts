import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Simulation, STEP_KINDS } from './testing/simulation.ts';

/** SIM_RUNS=50000 for the long form; SIM_SEED repeats one that was printed. */
const RUNS = Number(process.env['SIM_RUNS'] ?? 2_000);
const SEED = process.env['SIM_SEED'] === undefined ? undefined : Number(process.env['SIM_SEED']);

const steps = fc.array(fc.nat(STEP_KINDS * 1_024 - 1), { maxLength: 80, size: 'max' });
const origins = fc.constantFrom(0, 0xffff_fff0, 0x7fff_fff8);

test(`${RUNS} histories of sends, cuts and late deliveries: none lost, none doubled, in order`, () => {
  const start = performance.now();
  const details = fc.check(
    fc.property(steps, origins, (history, originSeq) => {
      const simulation = new Simulation(originSeq);
      for (const step of history) simulation.step(step % STEP_KINDS, Math.floor(step / STEP_KINDS));
      simulation.settle();
    }),
    { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: SEED }) },
  );
  const seconds = (performance.now() - start) / 1_000;
  console.info(`simulation: ${details.numRuns} histories in ${seconds.toFixed(1)} s, seed ${details.seed}`);
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  expect(details.numRuns).toBe(RUNS);
}, 60_000);
