import { useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import { useStored } from '../../platform/stored.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import {
  chooseRows,
  countClass,
  nextSeat,
  SHOWS,
  type Show,
  SORTS,
  type Sort,
  seatRows,
} from '../../store/classroom/seat-rows.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { Select } from '../../ui/form/Select.tsx';
import hidden from '../../ui/hidden.module.css';
import { useMatches } from '../../ui/page/use-matches.ts';
import { useShortcuts } from '../../ui/page/use-shortcuts.ts';
import notice from '../../ui/panes/Notice.module.css';
import { ClassAnnouncer } from './ClassAnnouncer.tsx';
import { ClassCounts } from './ClassCounts.tsx';
import { ClassSide, type WrongOutcome } from './ClassSide.tsx';
import { ClassToolbar } from './ClassToolbar.tsx';
import { type LessonTitle, lessonNames } from './choices/lesson-title.ts';
import { JoinLinkDialog } from './JoinLinkDialog.tsx';
import { MessageDialog, type MessageDraft } from './MessageDialog.tsx';
import { ShownActions } from './ShownActions.tsx';
import type { Density } from './seats/density.ts';
import { SeatGrid } from './seats/SeatGrid.tsx';
import { SeatPane } from './seats/SeatPane.tsx';
import type { ShowPage } from './show-page.ts';
import styles from './Teach.module.css';
import { useFailureText } from './use-failure-text.ts';

type ClassViewProps = {
  readonly classRoom: ClassRoom;
  readonly lessons: readonly LessonTitle[];
  readonly joinLink: string;
  readonly hasSingleKeys: boolean;
  /** A room that was just made shows its code at once. */
  readonly isNew: boolean;
  readonly onLeave: () => void;
  /** Another key for helpers, to be handed on. */
  readonly onHelperKey: (key: string) => void;
  readonly showPage: ShowPage;
};

const EMPTY: MessageDraft = { to: 'all', text: '', lesson: '', step: '' };

/** A room as its instructor sees it. */
export function ClassView(props: ClassViewProps) {
  const { classRoom, lessons, joinLink, hasSingleKeys, isNew, onLeave, onHelperKey, showPage } = props;
  const { teach } = useClassWords();
  const { model, client } = classRoom;
  const [show, setShow] = useState<Show>('all');
  const isNarrow = useMatches('(max-width: 900px)');
  const [sort, setSort] = useState<Sort>();
  // On a telephone those who need somebody stand first.
  const order = sort ?? (isNarrow ? 'attention' : 'seat');
  const [density, setDensity] = useStored<Density>('browser', 'teach.density', (stored) =>
    stored === 'chips' ? stored : 'cards',
  );
  const [isHiding, setHiding] = useStored('browser', `teach.hide.${model.room}`, (stored) => stored === true);
  const [chosen, setChosen] = useState<number>();
  const [wrong, setWrong] = useState<WrongOutcome>();
  const [isJoinOpen, setJoinOpen] = useState(isNew);
  const [draft, setDraft] = useState<MessageDraft>();
  const failure = useFailureText(classRoom);

  const all = seatRows(model);
  const only = wrong && new Set(wrong.seats);
  const rows = chooseRows(all, { show, sort: order, only, at: model.at });
  const row = all.find(({ seat }) => seat === chosen);
  const names = lessonNames(lessons);
  const request = model.help.find(({ seat }) => seat === chosen);

  const writeTo = (seats: readonly number[], lesson: string): void => setDraft({ ...EMPTY, to: seats, lesson });
  const share = (): void => {
    if (chosen === undefined) return;
    const isShared = model.now.spotlight !== undefined;
    void classRoom.attempt(() => client.ask('spotlight', isShared ? {} : { source: chosen }));
  };
  const done = () =>
    request && void classRoom.attempt(() => client.ask('help', { request: request.request, do: 'done' }));
  useShortcuts(
    hasSingleKeys,
    Object.fromEntries<() => void>([
      ['P', () => setHiding(!isHiding)],
      ['.', () => setChosen(nextSeat(all, chosen, ({ hasHand }) => hasHand) ?? chosen)],
      [',', () => setChosen(nextSeat(all, chosen, ({ stuck }) => stuck !== undefined) ?? chosen)],
      ['h', () => document.querySelector<HTMLInputElement>(`.${styles.hint} input`)?.focus()],
      ['s', share],
      ['d', done],
      ['Escape', () => setChosen(undefined)],
    ]),
  );
  return (
    <div className={styles.page} data-seat={row ? 'chosen' : 'none'}>
      <h1 className={hidden.hidden}>{teach.status(model.name)}</h1>
      <header className={styles.head}>
        <ClassCounts counts={countClass(all)} onShow={setShow} />
        <ClassToolbar
          classRoom={classRoom}
          lessons={lessons}
          isHiding={isHiding}
          onHiding={setHiding}
          onJoinLink={() => setJoinOpen(true)}
          onMessage={() => setDraft({ ...EMPTY, lesson: classRoom.choices.setting.lesson ?? '' })}
          onLeave={onLeave}
          onHelperKey={onHelperKey}
        />
      </header>
      {model.role === 'helper' ? <p className={styles.helper}>{teach.bar.helper}</p> : null}
      {failure === undefined ? null : (
        <p role="alert" className={notice.notice}>
          {failure}
        </p>
      )}
      {classRoom.alarm ? (
        <p role="alert" className={notice.notice}>
          {isHiding
            ? teach.alarm.hidden[classRoom.alarm.what]
            : teach.alarm[classRoom.alarm.what](classRoom.alarm.name)}
          <Button onClick={() => classRoom.putAwayAlarm()}>{teach.alarm.ok}</Button>
        </p>
      ) : null}
      <div className={styles.body}>
        <div className={styles.seats}>
          <div className={styles.filters}>
            <RadioGroup
              label={teach.show.label}
              options={SHOWS.map((value) => ({ value, label: teach.show.options[value] }))}
              value={show}
              onChange={setShow}
            />
            <Select
              label={teach.sort.label}
              isCaptioned
              options={SORTS.map((value) => ({ value, label: teach.sort.options[value] }))}
              value={order}
              onChange={setSort}
            />
            <RadioGroup
              label={teach.density.label}
              options={(['cards', 'chips'] as const).map((value) => ({
                value,
                label: teach.density.options[value],
              }))}
              value={density}
              onChange={setDensity}
            />
            <ShownActions
              classRoom={classRoom}
              all={all}
              shown={show !== 'all' || wrong ? rows : undefined}
              onMessage={(seats) => writeTo(seats, '')}
            />
          </div>
          <SeatGrid
            key={density}
            rows={rows}
            density={density}
            isHiding={isHiding}
            chosen={chosen}
            onChoose={setChosen}
            empty={all.length === 0 ? teach.grid.none : teach.grid.noneShown}
          />
        </div>
        {row ? (
          <SeatPane
            classRoom={classRoom}
            row={row}
            rows={all}
            isHiding={isHiding}
            names={names}
            onBack={() => setChosen(undefined)}
            onMessage={() => writeTo([row.seat], row.tile.lesson)}
            onShare={share}
            showPage={showPage}
          />
        ) : (
          <ClassSide
            classRoom={classRoom}
            rows={all}
            isHiding={isHiding}
            names={names}
            showPage={showPage}
            onChoose={setChosen}
            onOnly={setWrong}
            onExplain={({ lesson, step, hint }) =>
              setDraft({ ...EMPTY, text: names.hint(lesson, step, hint), lesson, step })
            }
          />
        )}
      </div>
      <ClassAnnouncer rows={all} isHiding={isHiding} />
      {isJoinOpen ? <JoinLinkDialog classRoom={classRoom} link={joinLink} onClose={() => setJoinOpen(false)} /> : null}
      {draft ? (
        <MessageDialog classRoom={classRoom} draft={draft} lessons={lessons} onClose={() => setDraft(undefined)} />
      ) : null}
    </div>
  );
}
