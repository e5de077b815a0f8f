import { useMemo, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { type LadderChoice, LadderGrid } from '../../features/ladder/LadderGrid.tsx';
import type { LadderSocket } from '../../features/ladder/ladder-model.ts';
import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './ProgramWorkplace.module.css';
import type { Place } from './place.ts';

type ProgramLadderProps = {
  readonly workbench: Workbench;
  /** The line looked at in an editor: its last call is the one that is marked. */
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
};

/** How far back the last call of a line is looked for, on each socket. */
const EVENTS_SEARCHED = 2_000;

/** All programs' calls on one clock, each with its line: the server's at the left, as in the panes above. */
export function ProgramLadder({ workbench, place, onPlace }: ProgramLadderProps) {
  const t = useT().program.ladder;
  const programs = workbench.programs();
  useLive(useMemo(() => allSockets(programs), [programs]));
  const now = programs.flatMap(socketsOf);
  const [sockets, setSockets] = useState<readonly LadderSocket[]>(now);
  if (!isSameList(sockets, now)) setSockets(now);
  const [chosen, setChosen] = useState<LadderChoice & { readonly place: Place | undefined }>();
  const [server, client] = programs;
  const isStill = chosen && (chosen.place === undefined || isSame(chosen.place, place));

  function select(choice: LadderChoice | undefined): void {
    const site = choice?.record.log.at(choice.index)?.site;
    const next = site && site.line > 0 ? { file: site.file, line: site.line } : undefined;
    setChosen(choice && { ...choice, place: next });
    onPlace(next);
  }
  return (
    <>
      <div className={styles.ladderBar}>
        <Button look="quiet" onClick={() => workbench.clearSockets()}>
          {t.clear}
        </Button>
      </div>
      <LadderGrid
        owner={workbench}
        label={t.label}
        sockets={sockets}
        names={{ left: server?.file ?? '', right: client?.file ?? '' }}
        selected={isStill ? chosen : lastOf(sockets, place)}
        onSelect={select}
        rowHeightProperty="--row-height-compact"
        empty={t.empty}
      />
    </>
  );
}

/** The sockets of all programs as one source of news. */
function allSockets(programs: readonly Program[]) {
  return {
    version: () => programs.reduce((sum, { sockets }) => sum + sockets.version(), 0),
    subscribe(listener: () => void) {
      const stops = programs.map(({ sockets }) => sockets.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
function isSameList(one: readonly LadderSocket[], other: readonly LadderSocket[]): boolean {
  return one.length === other.length && one.every(({ record }, nth) => record === other[nth]?.record);
}
function socketsOf({ file, sockets }: Program, nth: number): readonly LadderSocket[] {
  return sockets.all.map(({ trace, run }, index, all) => ({
    record: trace,
    column: nth === 0 ? 'left' : 'right',
    program: file,
    ...(run > 1 && all[index - 1]?.run !== run ? { run } : {}),
  }));
}

/** The line's last call. */
function lastOf(sockets: readonly LadderSocket[], place: Place | undefined): LadderChoice | undefined {
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
