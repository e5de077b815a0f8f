import { useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LadderChoice } from '../../features/ladder/grid-rows.ts';
import { LadderGrid } from '../../features/ladder/LadderGrid.tsx';
import { useT } from '../../i18n/t.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import type { Place } from './place.ts';
import type { OwnedSocket } from './sockets/program-sockets.ts';

type ProgramLadderProps = {
  readonly workbench: Workbench;
  /** The same list while it holds the same. */
  readonly sockets: readonly OwnedSocket[];
  /** Keeps the rows while the ladder is not shown. */
  readonly owner: object;
  readonly choice: LadderChoice | undefined;
  /** The line looked at in an editor: its last call is the one that is marked. */
  readonly place: Place | undefined;
  readonly onSelect: (choice: LadderChoice | undefined, place: Place | undefined) => void;
};

/** How far back the last call of a line is looked for, on each socket. */
const EVENTS_SEARCHED = 2_000;

/** Programs' calls on one clock, each with its line: the server's at the left, as in the panes above. */
export function ProgramLadder({ workbench, sockets, owner, choice, place, onSelect }: ProgramLadderProps) {
  const t = useT().program.ladder;
  const [server, client] = workbench.programs();
  const [chosenPlace, setChosenPlace] = useState<Place>();
  const isStill = choice && (chosenPlace === undefined || isSame(chosenPlace, place));

  function select(next: LadderChoice | undefined): void {
    const site = next?.record.log.at(next.index)?.site;
    const at = site && site.line > 0 ? { file: site.file, line: site.line } : undefined;
    setChosenPlace(at);
    onSelect(next, at);
  }
  return (
    <LadderGrid
      owner={owner}
      label={t.label}
      sockets={sockets}
      names={{ left: server?.file ?? '', right: client?.file ?? '' }}
      selected={isStill ? choice : lastOf(sockets, place)}
      onSelect={select}
      isCompact
      empty={t.empty}
    />
  );
}

/** The line's last call. */
function lastOf(sockets: readonly OwnedSocket[], place: Place | undefined): LadderChoice | undefined {
  if (!place) return undefined;
  let last: LadderChoice | undefined;
  for (const { record, program } of sockets) {
    if (program !== place.file) continue;
    const index = lastIndexOf(record, place.line);
    if (index === undefined) continue;
    const at = record.log.at(index)?.at ?? 0;
    if (!last || at >= (last.record.log.at(last.index)?.at ?? 0)) last = { record, index };
  }
  return last;
}
function lastIndexOf({ log, kind }: SocketTrace, line: number): number | undefined {
  const first = Math.max(0, log.length() - EVENTS_SEARCHED);
  for (let index = log.length() - 1; index >= first; index -= 1) {
    const event = log.at(index);
    const isElsewhere = kind === 'listen' && event?.call === 'accept' && event.error === undefined;
    if (event?.site?.line === line && !isElsewhere) return index;
  }
  return undefined;
}
function isSame(one: Place, other: Place | undefined): boolean {
  return one.file === other?.file && one.line === other.line;
}
