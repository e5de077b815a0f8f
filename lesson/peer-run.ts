import type { Clock } from '../protocol/clock.ts';
import type { Milliseconds } from '../protocol/units.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { ScriptRun, type ScriptSocket } from '../trace/script/script-run.ts';
import { difference, type PeerFailure, type PeerOutcome } from './peer-outcome.ts';
import { stepsOf } from './peer-steps.ts';
import type { PeerAction } from './schema/peer-schema.ts';

/** An answer is there by then. */
const ANSWERED_WITHIN: Milliseconds = 5_000;
const NOTHING = new Uint8Array();

/** Plays a peer's script on a connection and closes it; what the server sent is compared byte by byte. Never throws. */
export async function runPeer(
  actions: readonly PeerAction[],
  socket: ScriptSocket,
  clock: Clock,
  within: Milliseconds = ANSWERED_WITHIN,
): Promise<PeerOutcome> {
  const run = new ScriptRun({ steps: stepsOf(actions), rules: [] }, socket, clock, { from: 0, within });
  // The outcome is that of the moment at which the run stops: more bytes may come behind it.
  const outcome = await new Promise<PeerOutcome>((resolve) => {
    const look = (): void => {
      if (run.status.phase === 'running') return;
      unsubscribe();
      resolve(outcomeOf(run, socket));
    };
    const unsubscribe = run.subscribe(look);
    look();
  });
  socket.close();
  return outcome;
}

function outcomeOf(run: ScriptRun, socket: ScriptSocket): PeerOutcome {
  const { step, unread, status } = run;
  if (status.phase === 'done') return { kind: 'passed' };
  const action = (step?.line ?? 1) - 1;
  const failed = (why: PeerFailure, expected: Uint8Array = NOTHING, came: Uint8Array = NOTHING): PeerOutcome => ({
    kind: 'failed',
    action,
    why,
    ...difference(expected, came, unread.taken),
  });
  // No step is begun before the connection is there.
  if (step === undefined) return failed('refused');
  const { ending } = socket;
  const lack: PeerFailure = ending === 'fin' ? 'ended' : ending === 'reset' ? 'reset' : 'missing';
  const all = unread.look();
  switch (step.kind) {
    case 'expectBytes':
      return failed(status.phase === 'differs' ? 'differs' : lack, step.bytes, unread.look(step.bytes.length));
    // A template has no bytes of its own to compare: both are shown from where they begin.
    case 'expectText':
      return failed(all.length > 0 ? 'differs' : lack, encodeUtf8(step.template), all);
    case 'expectEnd':
    case 'expectSilence':
      if (all.length > 0) return failed('spoke', NOTHING, all);
      return failed(ending === undefined && step.kind === 'expectEnd' ? 'open' : lack);
    default:
      return failed(lack);
  }
}
