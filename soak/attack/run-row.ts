import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { eventually, type Outcome, pause, percentile, Report } from '../program.ts';
import type { ServerProcess } from '../server/server-process.ts';
import { labPort, type Target } from './attack.ts';
import { Attackers } from './attackers.ts';
import { Absentee, comeIn } from './newcomer.ts';
import { QuietLearner } from './quiet-learner.ts';
import type { Row } from './rows.ts';

const ALONE: Milliseconds = 1_000;
const GLANCE_EVERY: Milliseconds = 500;
const BACK_WITHIN: Milliseconds = 10_000;
/** Bounds: how long a quiet learner waits for an echo, and what may be held and be left. */
const P99: Milliseconds = 150;
const MIB: ByteCount = 1_048_576;
const HELD_MIB = 32;
const LEFT_MIB = 12;
const DESCRIPTORS_LEFT = 2;

/** One attack for so long, beside a quiet learner; one comes in meanwhile, and one comes back. */
export async function runRow(row: Row, server: ServerProcess, duration: Milliseconds): Promise<Outcome> {
  const { token } = row.setup ?? {};
  const hand = token === undefined ? {} : { token };
  const target = (address: string): Target => ({ url: server.url, lab: server.lab, address });
  const before = await server.state();
  const quiet = await QuietLearner.enter(server.url, labPort(server, 'Raw echo'), token);
  let attackers: Attackers | undefined;
  try {
    const absentee = await Absentee.enter(target('127.0.0.2'), hand);
    await pause(ALONE);
    const alone = quiet.take();
    attackers = await Attackers.start(row, server);
    let [rss, descriptors] = [0, 0];
    const glance = async (until: Milliseconds): Promise<void> => {
      while (performance.now() < until) {
        const state = await server.glance();
        rss = Math.max(rss, state.rss);
        descriptors = Math.max(descriptors, state.descriptors);
        await pause(GLANCE_EVERY);
      }
    };
    const start = performance.now();
    await glance(start + duration / 2);
    const cameIn = await comeIn(target(row.newcomersFrom ?? '127.0.0.3'), hand);
    const cameBack = await absentee.comeBack();
    await glance(start + duration);
    const waits = quiet.take();
    const isWell = server.isRunning && quiet.isUndisturbed;
    const { areRunning } = attackers;
    const held = await server.state();
    await attackers.stop();
    await quiet.leave();
    let after = held;
    await eventually('all is as it was', BACK_WITHIN, async () => {
      after = await server.state();
      const isBack = after.descriptors <= before.descriptors + DESCRIPTORS_LEFT && after.sockets === 0;
      return isBack && after.used <= before.used + LEFT_MIB * MIB;
    }).catch(() => undefined);
    return new Report()
      .tell('alone p50', percentile(alone, 0.5), 'ms')
      .tell('p50', percentile(waits, 0.5), 'ms')
      .atMost('p99', percentile(waits, 0.99), P99, 'ms')
      .atMost('newcomer', cameIn ?? Number.NaN, Number.POSITIVE_INFINITY, 'ms')
      .atMost('return', cameBack ?? Number.NaN, Number.POSITIVE_INFINITY, 'ms')
      .tell('RSS', `${mib(before.rss)} → ${mib(rss)} MiB`)
      .atMost('held', mib(held.used - before.used), HELD_MIB, 'MiB')
      .atMost('left', mib(after.used - before.used), LEFT_MIB, 'MiB')
      .tell('descriptors', `${before.descriptors} → ${descriptors}`)
      .atMost('descriptors left', after.descriptors - before.descriptors, DESCRIPTORS_LEFT)
      .atMost('sockets left', after.sockets, 0)
      .atMost('breaches', attackers.breaches.length, 0)
      .atMost('crashes and disturbances', isWell && areRunning ? 0 : 1, 0).outcome;
  } finally {
    await attackers?.stop();
    await quiet.leave();
  }
}

function mib(bytes: ByteCount): number {
  return Math.round((bytes / MIB) * 10) / 10;
}
