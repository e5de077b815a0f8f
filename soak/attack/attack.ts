import type { LabServer } from '../../protocol/messages/session.ts';

/** What an attacker's process is told. */
export type Target = {
  readonly url: string;
  readonly lab: readonly LabServer[];
  /** The address of this machine that it dials from, one for each attacker unless the row says otherwise. */
  readonly address: string;
};

/** Goes on until its process is killed. `tell` reports that something gave way that must not. */
export type Attack = (target: Target, tell: (breach: string) => void) => Promise<void>;

export function labPort({ lab }: Pick<Target, 'lab'>, name: string): number {
  return lab.find((server) => server.name === name)?.port ?? 0;
}
