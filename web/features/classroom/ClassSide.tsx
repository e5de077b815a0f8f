import { useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { minutesSince, type SeatRow } from '../../store/classroom/seat-rows.ts';
import { Button } from '../../ui/Button.tsx';
import { TabList, TabPanel } from '../../ui/Tabs.tsx';
import type { LessonNames } from './choices/lesson-title.ts';
import { RosterPart } from './RosterPart.tsx';
import { whoIs } from './seats/seat-text.ts';
import type { ShowPage } from './show-page.ts';
import styles from './Teach.module.css';
import { TrayPart } from './TrayPart.tsx';

export type WrongOutcome = ClassRoom['model']['wrong'][number];
type ClassSideProps = {
  readonly classRoom: ClassRoom;
  readonly rows: readonly SeatRow[];
  readonly isHiding: boolean;
  readonly names: LessonNames;
  readonly showPage: ShowPage;
  readonly onChoose: (seat: number) => void;
  /** Only the seats of this outcome are shown; undefined: all. */
  readonly onOnly: (outcome: WrongOutcome | undefined) => void;
  readonly onExplain: (outcome: WrongOutcome) => void;
};
const VIEWS = ['help', 'wrong', 'tray', 'list'] as const;
type View = (typeof VIEWS)[number];

/** What stands beside the seats while none of them is chosen. */
export function ClassSide(props: ClassSideProps) {
  const { teach } = useClassWords();
  const [view, setView] = useState<View>('help');
  return (
    <div className={styles.pane}>
      <TabList
        label={teach.side.label}
        name="class"
        look="underlined"
        tabs={VIEWS.map((id) => ({ id, label: teach.side.tabs[id] }))}
        selected={view}
        onSelect={setView}
      />
      <TabPanel name="class" tab={view} className={styles.paneBody}>
        {view === 'help' ? <Help {...props} /> : null}
        {view === 'wrong' ? <Wrong {...props} /> : null}
        {view === 'tray' ? <TrayPart tray={props.classRoom.tray} {...props} /> : null}
        {view === 'list' ? <RosterPart classRoom={props.classRoom} isHiding={props.isHiding} /> : null}
      </TabPanel>
    </div>
  );
}

function Help({ classRoom, rows, isHiding, onChoose }: ClassSideProps) {
  const { teach } = useClassWords();
  const { help, moreHelp } = classRoom.model;
  const { client } = classRoom;
  if (help.length === 0) return <p>{teach.help.none}</p>;
  return (
    <>
      <ul aria-label={teach.help.label} className={styles.list}>
        {help.map(({ request, seat, at, text, takenBy }) => {
          const row = rows.find((one) => one.seat === seat) ?? { seat, name: teach.seat.number(seat) };
          return (
            <li key={request}>
              <Button look="quiet" className={styles.wide} onClick={() => onChoose(seat)}>
                {teach.help.entry(whoIs(teach, row, isHiding), minutesSince(at, Date.now()), text)}
              </Button>
              {takenBy ? <span className={styles.note}>{teach.help.taken[takenBy]}</span> : null}
              <span className={styles.buttons}>
                {takenBy ? null : (
                  <Button onClick={() => void classRoom.attempt(() => client.ask('help', { request, do: 'take' }))}>
                    {teach.help.take}
                  </Button>
                )}
                <Button onClick={() => void classRoom.attempt(() => client.ask('help', { request, do: 'done' }))}>
                  {teach.help.done}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      {moreHelp > 0 ? <p>{teach.help.more(moreHelp)}</p> : null}
    </>
  );
}

function Wrong({ classRoom, names, onOnly, onExplain }: ClassSideProps) {
  const { teach } = useClassWords();
  const { wrong } = classRoom.model;
  if (wrong.length === 0) return <p>{teach.wrong.none}</p>;
  return (
    <>
      <ul aria-label={teach.wrong.label} className={styles.list}>
        {wrong.map((outcome) => (
          <li key={`${outcome.lesson} ${outcome.step} ${outcome.hint}`}>
            <Button look="quiet" className={styles.wide} onClick={() => onOnly(outcome)}>
              {teach.wrong.entry(
                names.hint(outcome.lesson, outcome.step, outcome.hint),
                names.lesson(outcome.lesson),
                names.step(outcome.lesson, outcome.step),
                outcome.seats.length,
              )}
            </Button>
            <Button onClick={() => onExplain(outcome)}>{teach.wrong.explain}</Button>
          </li>
        ))}
      </ul>
      <Button className={styles.side} onClick={() => onOnly(undefined)}>
        {teach.wrong.all}
      </Button>
    </>
  );
}
