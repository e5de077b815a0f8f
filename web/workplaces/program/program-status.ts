import type { Messages } from '../../i18n/en.ts';
import type { Program } from '../../store/programs/program.ts';
import type { Tone } from '../../ui/marks/StatusPill.tsx';

/** One word about a program. */
export function statusOf(program: Program, { status }: Messages['program']): { tone: Tone; text: string } {
  const { phase, blocked, outcome, isPythonReady } = program;
  const { exitCode, isStopped } = outcome;
  if (phase === 'starting') return { tone: 'wait', text: status.starting };
  if (phase === 'stopping') return { tone: 'wait', text: status.stopping };
  if (phase === 'running') {
    if (blocked[0]?.call === 'input') return { tone: 'wait', text: status.waiting };
    return { tone: 'good', text: status.running };
  }
  if (exitCode !== undefined) {
    return { tone: exitCode === 0 || isStopped ? 'plain' : 'bad', text: status.exited(exitCode) };
  }
  return { tone: 'plain', text: isPythonReady ? status.idle : status.loading };
}
