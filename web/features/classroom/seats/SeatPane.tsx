import { type FormEvent, useEffect, useState } from 'react';
import type { DoneStep, HelpRequest } from '../../../../protocol/rooms/records.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import type { SeatRow } from '../../../store/classroom/seat-rows.ts';
import type { WatchedPage } from '../../../store/classroom/watched-page.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/form/TextField.tsx';
import { TabList, TabPanel } from '../../../ui/Tabs.tsx';
import { useLive } from '../../../ui/use-live.ts';
import type { LessonNames } from '../choices/lesson-title.ts';
import type { ShowPage } from '../show-page.ts';
import styles from '../Teach.module.css';
import { SeatActions } from './SeatActions.tsx';
import { seatStatus, whoIs } from './seat-text.ts';

type SeatPaneProps = {
  readonly classRoom: ClassRoom;
  readonly row: SeatRow;
  /** All seats. */
  readonly rows: readonly SeatRow[];
  readonly isHiding: boolean;
  readonly names: LessonNames;
  readonly onBack: () => void;
  readonly onMessage: () => void;
  /** The page is shown to all, or no more. */
  readonly onShare: () => void;
  readonly showPage: ShowPage;
};
const VIEWS = ['live', 'code', 'now', 'progress'] as const;
type View = (typeof VIEWS)[number];

/** One seat: how it stands, what it has done, and what can be said to it. */
export function SeatPane(props: SeatPaneProps) {
  const { classRoom, row, rows, isHiding, names, onBack, onMessage, onShare, showPage } = props;
  const { teach } = useClassWords();
  const words = teach.seat;
  const [view, setView] = useState<View>('live');
  const { tile } = row;
  const others = rows.filter(({ seat }) => seat !== row.seat);
  const request = classRoom.model.help.find(({ seat }) => seat === row.seat);
  return (
    <section aria-label={words.label} className={styles.pane}>
      <header className={styles.paneHead}>
        <h2>{whoIs(teach, row, isHiding)}</h2>
        <Button look="quiet" onClick={onBack}>
          {words.back}
        </Button>
        <p className={styles.note}>
          {isHiding || row.name === words.number(row.seat) ? null : `${words.number(row.seat)} · `}
          {tile.lesson === '' ? words.noLesson : words.lesson(names.lesson(tile.lesson), tile.step, tile.of)}
        </p>
      </header>
      <TabList
        label={words.views}
        name="seat"
        look="underlined"
        tabs={VIEWS.map((id) => ({ id, label: words.tabs[id] }))}
        selected={view}
        onSelect={setView}
      />
      <TabPanel name="seat" tab={view} className={styles.paneBody}>
        {view === 'live' || view === 'code' ? (
          <Live key={row.seat} classRoom={classRoom} row={row} isCode={view === 'code'} showPage={showPage} />
        ) : null}
        {view === 'now' ? <Now row={row} request={request} /> : null}
        {view === 'progress' ? <Steps key={row.seat} classRoom={classRoom} seat={row.seat} names={names} /> : null}
      </TabPanel>
      <HintForm key={row.seat} classRoom={classRoom} row={row} />
      <SeatActions
        key={`actions ${row.seat}`}
        classRoom={classRoom}
        row={row}
        others={others}
        isHiding={isHiding}
        request={request}
        onMessage={onMessage}
        onShare={onShare}
      />
    </section>
  );
}

type LiveProps = {
  readonly classRoom: ClassRoom;
  readonly row: SeatRow;
  readonly isCode: boolean;
  readonly showPage: ShowPage;
};
/** The learner's page is told for as long as this is shown. */
function Live({ classRoom, row, isCode, showPage }: LiveProps) {
  const { teach } = useClassWords();
  const { seat } = row;
  useEffect(() => {
    void classRoom.attempt(() => classRoom.watch(seat));
    return () => void classRoom.attempt(() => classRoom.watch(undefined));
  }, [classRoom, seat]);
  const { watched } = classRoom;
  if (!watched) return <p>{teach.seat.live.waiting}</p>;
  return (
    <>
      <SnapshotButton classRoom={classRoom} row={row} page={watched} />
      {showPage(watched, isCode ? 'programs' : 'sockets')}
    </>
  );
}

type SnapshotButtonProps = { readonly classRoom: ClassRoom; readonly row: SeatRow; readonly page: WatchedPage };
function SnapshotButton({ classRoom, row, page }: SnapshotButtonProps) {
  const { teach } = useClassWords();
  const { tray } = classRoom;
  useLive(tray);
  const { length } = tray.pinned;
  return (
    <p className={styles.buttons}>
      <Button isDisabled={tray.isFull || !page.isBegun} onClick={() => tray.pin(row, page, Date.now())}>
        {teach.seat.snapshot}
      </Button>
      <span role="status" className={styles.note}>
        {tray.isFull ? teach.seat.trayFull : length > 0 ? teach.seat.snapshotTaken(length) : null}
      </span>
    </p>
  );
}

function Now({ row, request }: { readonly row: SeatRow; readonly request: HelpRequest | undefined }) {
  const { teach } = useClassWords();
  const { tile } = row;
  const status = seatStatus(teach, row);
  return (
    <>
      {status === undefined ? null : <p>{status}</p>}
      {request?.text ? <blockquote className={styles.quote}>{request.text}</blockquote> : null}
      <p>{teach.seat.connected(row.isHere)}</p>
      <p>{teach.seat.sockets(tile.sockets)}</p>
      <p>
        {teach.seat.lastCall}: {tile.text === '' ? teach.seat.nothingYet : <code>{tile.text}</code>}
      </p>
    </>
  );
}

type StepsProps = {
  readonly classRoom: ClassRoom;
  readonly seat: number;
  readonly names: LessonNames;
};
function Steps({ classRoom, seat, names }: StepsProps) {
  const { teach } = useClassWords();
  const [steps, setSteps] = useState<readonly DoneStep[]>();
  useEffect(() => {
    let isCurrent = true;
    void classRoom.attempt(async () => {
      const answer = await classRoom.client.ask('steps', { seat });
      if (isCurrent && answer.say === 'steps') setSteps(answer.steps);
    });
    return () => {
      isCurrent = false;
    };
  }, [classRoom, seat]);
  if (!steps) return null;
  if (steps.length === 0) return <p>{teach.seat.noSteps}</p>;
  return (
    <>
      <p>{teach.seat.doneSteps(steps.length)}</p>
      <ul className={styles.list}>
        {steps.map(({ pack, lesson, step, at, tries, hints, shown }) => (
          <li key={`${pack} ${lesson} ${step}`}>
            {teach.seat.stepDone(
              names.lesson(lesson),
              names.step(lesson, step),
              new Date(at).toLocaleTimeString(),
              tries,
              hints,
            )}
            {shown ? ` (${teach.seat.shown})` : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function HintForm({ classRoom, row }: { readonly classRoom: ClassRoom; readonly row: SeatRow }) {
  const { teach } = useClassWords();
  const [text, setText] = useState('');
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '') return;
    const notice = { kind: 'hint', text: text.trim() } as const;
    if (await classRoom.attempt(() => classRoom.client.ask('notice', { to: [row.seat], notice }))) setText('');
  }
  return (
    <form className={styles.hint} onSubmit={(event) => void send(event)}>
      <TextField label={teach.seat.hintText} maxLength={500} autoComplete="off" value={text} onChange={setText} />
      <Button type="submit" look="primary">
        {teach.seat.hint}
      </Button>
    </form>
  );
}
