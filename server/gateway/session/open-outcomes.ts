import type { Open } from '../../../protocol/messages/socket.ts';
import type { OpenOutcome } from '../extension.ts';

/** The OPENs of one session that have not come to anything yet; of each is told once what became of it. */
export class OpenOutcomes {
  readonly #pending = new Map<number, Open>();
  readonly #tell: (open: Open, outcome: OpenOutcome) => void;

  constructor(tell: (open: Open, outcome: OpenOutcome) => void) {
    this.#tell = tell;
  }

  begin(stream: number, open: Open): void {
    this.#pending.set(stream, open);
  }
  settle(stream: number, outcome: OpenOutcome): void {
    const open = this.#pending.get(stream);
    if (!open) return;
    this.#pending.delete(stream);
    this.#tell(open, outcome);
  }
  settleAll(outcome: OpenOutcome): void {
    for (const stream of [...this.#pending.keys()]) this.settle(stream, outcome);
  }
}
