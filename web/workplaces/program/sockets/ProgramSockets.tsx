import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { SocketTrace } from '../../../../trace/socket-trace.ts';
import type { LadderChoice } from '../../../features/ladder/grid-rows.ts';
import { StepButtons } from '../../../features/steps/StepButtons.tsx';
import { formatSpan } from '../../../i18n/format.ts';
import { useT } from '../../../i18n/t.ts';
import { deferred } from '../../../platform/deferred.tsx';
import { useStored } from '../../../platform/stored.ts';
import type { Playground } from '../../../store/playground.ts';
import type { Workbench } from '../../../store/programs/workbench.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dot } from '../../../ui/marks/Dot.tsx';
import { TabPanel } from '../../../ui/Tabs.tsx';
import { useLive } from '../../../ui/use-live.ts';
import { InspectorPane } from '../../socket/InspectorPane.tsx';
import { SocketContent } from '../../socket/SocketContent.tsx';
import { useChosenEvent } from '../../socket/use-chosen-event.ts';
import { ViewTabs } from '../../socket/ViewTabs.tsx';
import { SOCKET_VIEWS } from '../../socket/views.ts';
import { ProgramLadder } from '../ProgramLadder.tsx';
import type { Place } from '../place.ts';
import styles from './ProgramSockets.module.css';
import { allSockets, newestOf, type OwnedSocket, ownedSockets, withOtherEnd } from './program-sockets.ts';
import { SocketStrip } from './SocketStrip.tsx';

const BetweenCalls = deferred(async () => (await import('../../../features/steps/BetweenCalls.tsx')).BetweenCalls);
const FilesPanel = deferred(async () => (await import('../files/FilesPanel.tsx')).FilesPanel);
const ProgramTrouble = deferred(async () => (await import('../ProgramTrouble.tsx')).ProgramTrouble);
const SaveBar = deferred(async () => (await import('../../../features/save/SaveBar.tsx')).SaveBar);

type ProgramSocketsProps = {
  readonly playground: Playground;
  readonly workbench: Workbench;
  /** A call to show in the ladder: another one each time that one is asked for. */
  readonly asked: LadderChoice | undefined;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
};

/** Those of one socket, the ladder of all of them, how things stand between two calls, trouble between them, and the programs' files. */
const VIEWS = [...SOCKET_VIEWS, 'steps', 'trouble', 'files'] as const;
/** Of no socket. */
const WITHOUT_SOCKETS: readonly View[] = ['steps', 'trouble', 'files'];
type View = (typeof VIEWS)[number];

/** What the programs do on their sockets, in the views of Play: all of them in one ladder, or one looked at. */
export function ProgramSockets({ playground, workbench, asked, place, onPlace }: ProgramSocketsProps) {
  const t = useT();
  const programs = workbench.programs();
  useLive(useMemo(() => allSockets(programs), [programs]));
  const sockets = useStill(ownedSockets(programs));
  const [view, setView] = useStored('browser', 'program.view', parseView);
  const [chosen, setChosen] = useState<SocketTrace>();
  const [choice, setChoice] = useState<LadderChoice>();
  const [others, setOthers] = useState<readonly SocketTrace[]>([]);
  const [isInspecting, setInspecting] = useState(false);

  const records = useMemo(() => sockets.map((socket) => socket.record), [sockets]);
  const isThere = (record: SocketTrace): boolean => others.includes(record) || records.includes(record);
  const only = chosen && isThere(chosen) ? chosen : undefined;
  const record = only ?? (choice && isThere(choice.record) ? choice.record : newestOf(sockets));
  const inLadder = useStill(useMemo(() => (only ? ladderOf(only, sockets) : sockets), [only, sockets]));
  const { selected, select } = useChosenEvent(
    record,
    choice && choice.record === record ? choice.index + choice.record.log.dropped : undefined,
    (event) => setChoice(event === undefined || !record ? undefined : { record, index: event - record.log.dropped }),
  );

  const answer = useEffectEvent((next: LadderChoice | undefined) => {
    if (!next) return;
    setView('ladder');
    setChosen(undefined);
    setChoice(next);
  });
  useEffect(() => answer(asked), [asked]);
  function show(next: SocketTrace | undefined): void {
    setChosen(next);
    if (next !== choice?.record) setChoice(undefined);
  }
  function onOpened(next: SocketTrace): void {
    setOthers((known) => [...known, ...playground.sockets().filter((one) => one === next && !known.includes(one))]);
    show(next);
  }
  const labels = {
    ...t.session.views,
    steps: t.program.steps.view,
    trouble: t.trouble.button,
    files: t.program.files.view,
  };
  const bound = Math.max(0, ...programs.map((program) => program.sockets.bound ?? 0));
  const dropped = programs.reduce((sum, program) => sum + program.sockets.dropped, 0);
  return (
    <section className={styles.sockets} aria-label={t.program.sockets.label}>
      <header className={styles.bar}>
        <ViewTabs
          tabs={VIEWS.map((id) => ({ id, label: labels[id] }))}
          view={view}
          onView={setView}
          onInspect={() => setInspecting(true)}
        />
        <div role="toolbar" aria-label={t.program.steps.toolbar} className={styles.steps}>
          <StepButtons
            file=""
            isStepping={programs.some(({ steps }) => steps.isOn)}
            canStep={programs.some(({ steps }) => steps.canStep)}
            onPace={(pace) => {
              if (pace === 'pause') setView('steps');
              workbench.list.setPace(pace);
            }}
          />
        </div>
        {workbench.list.isTroubled ? (
          <span className={styles.trouble}>
            <Dot tone="wait" /> {t.program.troubled}
          </span>
        ) : null}
        {WITHOUT_SOCKETS.includes(view) ? (
          <span className={styles.gap} />
        ) : (
          <SocketStrip
            sockets={sockets}
            others={others}
            shown={view === 'ladder' ? only : record}
            hasAll={view === 'ladder'}
            onShow={show}
          />
        )}
        {bound > 0 ? (
          <span className={styles.bound} title={t.program.sockets.boundHint}>
            {t.program.sockets.bound(formatSpan(bound))}
          </span>
        ) : null}
        <Button look="quiet" title={t.program.ladder.clearHint} onClick={() => workbench.list.clearSockets()}>
          {t.program.ladder.clear}
        </Button>
        <SaveBar playground={playground} record={record} records={() => [...records, ...others]} onOpened={onOpened} />
      </header>
      {dropped > 0 ? <p className={styles.dropped}>{t.program.sockets.dropped(dropped)}</p> : null}
      <TabPanel name="view" tab={view} className={styles.view}>
        {view === 'ladder' ? (
          <ProgramLadder
            workbench={workbench}
            sockets={inLadder}
            owner={only ?? workbench}
            choice={choice}
            place={place}
            onSelect={(next, at) => {
              setChoice(next);
              onPlace(at);
            }}
          />
        ) : view === 'steps' ? (
          <BetweenCalls programs={programs} />
        ) : view === 'trouble' ? (
          <ProgramTrouble workbench={workbench} onClose={() => setView('ladder')} />
        ) : view === 'files' ? (
          <FilesPanel workbench={workbench} />
        ) : record ? (
          <SocketContent playground={playground} record={record} view={view} selected={selected} onSelect={select} />
        ) : (
          <p className={styles.empty}>{t.program.ladder.empty}</p>
        )}
      </TabPanel>
      <InspectorPane
        playground={playground}
        record={record}
        selected={selected}
        onSelect={select}
        isDrawer
        isOpen={isInspecting}
        onClose={() => setInspecting(false)}
      />
    </section>
  );
}

/** A socket of none of the programs stands alone. */
function ladderOf(only: SocketTrace, sockets: readonly OwnedSocket[]): readonly OwnedSocket[] {
  const own = withOtherEnd(only, sockets);
  return own.length > 0 ? own : [{ record: only, column: 'right', program: '', ofRun: 1 }];
}

/** The same list while it holds the same sockets. */
function useStill(now: readonly OwnedSocket[]): readonly OwnedSocket[] {
  const [still, setStill] = useState(now);
  const isSame = still.length === now.length && still.every(({ record }, nth) => record === now[nth]?.record);
  if (!isSame) setStill(now);
  return isSame ? still : now;
}

function parseView(stored: unknown): View {
  return VIEWS.find((view) => view === stored) ?? 'ladder';
}
