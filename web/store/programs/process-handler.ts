import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { FileChange } from '../../python/folder-files.ts';
import type { ProcessHandler } from '../../python/python-process.ts';
import type { BlockedAt, ProgramError } from '../../python/worker-messages.ts';
import type { PrintedLines } from '../terminal/printed-lines.ts';
import type { TerminalModel } from '../terminal/terminal-model.ts';
import type { ProgramConsole } from './program-console.ts';
import type { ProgramKeyboard } from './program-keyboard.ts';
import type { ProgramNotes } from './program-options.ts';
import type { ProgramRun, ProgramSockets } from './program-sockets.ts';
import type { ProgramSteps } from './program-steps.ts';
import type { RunOutcome } from './run-outcome.ts';

/** What keeps what a process reports. */
export type ProgramParts = {
  readonly terminal: TerminalModel;
  readonly printed: PrintedLines;
  readonly keyboard: ProgramKeyboard;
  readonly sockets: ProgramSockets;
  readonly steps: ProgramSteps;
  readonly console: ProgramConsole;
  readonly outcome: RunOutcome;
};
/** What becomes of the program itself. */
export type ProgramChanges = {
  readonly changed: () => void;
  readonly notes: () => ProgramNotes | undefined;
  readonly onFile: (change: FileChange) => void;
  readonly onReady: (took: Milliseconds) => void;
  readonly onBlocked: (blocked: readonly BlockedAt[]) => void;
  readonly onExit: (code: number, error: ProgramError | undefined) => void;
  readonly onDied: (message: string) => void;
};

/** What a program's process reports, for one run of it. */
export function createProcessHandler(parts: ProgramParts, run: ProgramRun, program: ProgramChanges): ProcessHandler {
  const { terminal, printed, keyboard, sockets, steps, console, outcome } = parts;
  const { changed, notes, onFile, onReady, onBlocked, onExit, onDied } = program;
  return {
    onReady,
    onFile,
    onBlocked,
    onExit,
    onDied,
    onOutput: (output) => {
      for (const each of output) {
        terminal.write(each.text);
        printed.write(each);
      }
    },
    onEcho: (isOn) => {
      keyboard.setEcho(isOn);
      changed();
    },
    onSockets: (report) => {
      const { open } = sockets;
      sockets.add(run, report);
      if (sockets.open !== open) changed();
    },
    onLook: (look) => {
      if (steps.show(look)) changed();
    },
    onEvaluated: (id, answer) => {
      console.answer(id, answer);
      changed();
    },
    onRaised: (error) => {
      outcome.raise(error);
      changed();
    },
    onStandIn: (asked, outside) => {
      const text = ({ host, port }: Endpoint) => `${host}:${port}`;
      terminal.note(notes()?.standIn(text(asked), text(outside)) ?? '');
    },
  };
}
