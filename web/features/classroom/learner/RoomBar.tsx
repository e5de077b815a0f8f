import { type MouseEventHandler, useEffect, useState } from 'react';
import { useClassWords } from '../../../i18n/class-words.ts';
import { useT } from '../../../i18n/t.ts';
import type { ClassRoom, ToldNotice } from '../../../store/classroom/class-room.ts';
import { COMPOSER_OFFER, ComposerOffer } from '../../../store/composer-offer.ts';
import type { Playground } from '../../../store/playground.ts';
import { Button } from '../../../ui/Button.tsx';
import { usePageStates } from '../../../ui/page/page-states.ts';
import notice from '../../../ui/panes/Notice.module.css';
import type { ShowPage } from '../show-page.ts';
import { useClassRoom } from '../use-class-room.ts';
import { useFailureText } from '../use-failure-text.ts';
import styles from './Classroom.module.css';
import { EyesUp } from './EyesUp.tsx';
import { JoinRoomDialog } from './JoinRoomDialog.tsx';
import { RaiseHand } from './RaiseHand.tsx';
import { SeenDialog } from './SeenDialog.tsx';
import { SpotlightPart } from './SpotlightPart.tsx';

export type RoomBarProps = {
  readonly playground: Playground;
  /** A code that stands in the address. */
  readonly code: string | undefined;
  /** The learner has asked to come in. */
  readonly isJoining: boolean;
  readonly onJoining: (isJoining: boolean) => void;
  /** The class is paused: what is below cannot be pressed. */
  readonly onPaused: (isPaused: boolean) => void;
  /** This page has a seat: one cannot come in once more. */
  readonly onSeated: (isSeated: boolean) => void;
  readonly hrefOfLesson: (lesson: string, step: string | undefined) => string;
  readonly onFollow: MouseEventHandler<HTMLAnchorElement>;
  readonly showPage: ShowPage;
};

/** A learner's side of a class room, above every page. */
export function RoomBar(props: RoomBarProps) {
  const { playground, code, isJoining, onJoining, onPaused, onSeated } = props;
  const { room } = useClassWords();
  const classRoom = useClassRoom(playground);
  const { model } = classRoom;
  const { role, own } = model;
  const isSeated = role === 'learner' || role === 'waiting';
  const isPaused = role === 'learner' && model.now.paused;
  // A link asks once to come in: not again when its dialog was closed, or the room was left.
  const [codeDone, setCodeDone] = useState<string>();
  if (isSeated && code !== codeDone) setCodeDone(code);
  const isAsked = code !== undefined && code !== codeDone && !classRoom.isComingBack;
  const isDialog = isJoining || (isAsked && role === 'stranger' && model.endedBy === undefined);

  useEffect(() => {
    onPaused(isPaused);
    // The page Teach has no such bar, and is not paused.
    return () => onPaused(false);
  }, [isPaused, onPaused]);
  useEffect(() => {
    onSeated(isSeated);
    return () => onSeated(false);
  }, [isSeated, onSeated]);

  return (
    <>
      {isSeated && own ? (
        <section aria-label={room.label} className={styles.bar}>
          <p role="status" aria-label={room.label} className={styles.where}>
            {role === 'waiting' ? room.waiting(model.name) : room.at(model.name, own.as, own.seat)}
          </p>
          {own.isWatched ? <p className={styles.watched}>{room.watched}</p> : null}
          {classRoom.isShownToAll ? <p className={styles.watched}>{room.spotlight.own}</p> : null}
          {role === 'learner' ? <RaiseHand classRoom={classRoom} own={own} /> : null}
          <SeatButtons classRoom={classRoom} playground={playground} />
        </section>
      ) : null}
      {role === 'stranger' && model.endedBy !== undefined ? (
        <Ended classRoom={classRoom} onAgain={() => onJoining(true)} />
      ) : null}
      <div role="status" aria-label={room.message}>
        {classRoom.notice ? <Told {...props} classRoom={classRoom} told={classRoom.notice} /> : null}
      </div>
      {isSeated && model.now.spotlight && !classRoom.isShownToAll ? (
        <SpotlightPart classRoom={classRoom} spotlight={model.now.spotlight} showPage={props.showPage} />
      ) : null}
      {isPaused ? <EyesUp /> : null}
      {isDialog ? (
        <JoinRoomDialog
          classRoom={classRoom}
          code={code ?? ''}
          onClose={() => {
            classRoom.forgive();
            setCodeDone(code);
            onJoining(false);
          }}
        />
      ) : null}
    </>
  );
}

type SeatButtonsProps = { readonly classRoom: ClassRoom; readonly playground: Playground };
function SeatButtons({ classRoom, playground }: SeatButtonsProps) {
  const { room } = useClassWords();
  const [isSeen, setSeen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setSeen(true)}>
        {room.seen.open}
      </Button>
      <Button onClick={() => void classRoom.attempt(() => classRoom.client.leave())}>{room.leave}</Button>
      <Button look="quiet" onClick={() => void classRoom.attempt(() => classRoom.client.leave(true))}>
        {room.somebodyElse}
      </Button>
      {isSeen ? <SeenDialog classRoom={classRoom} playground={playground} onClose={() => setSeen(false)} /> : null}
    </>
  );
}

function Ended({ classRoom, onAgain }: { readonly classRoom: ClassRoom; readonly onAgain: () => void }) {
  const t = useT();
  const { room } = useClassWords();
  const { endedBy = '' } = classRoom.model;
  const text = Object.hasOwn(t.errors, endedBy) ? t.errors[endedBy as keyof typeof t.errors].what : room.ended.title;
  const failure = useFailureText(classRoom);
  return (
    <p role="alert" className={notice.notice}>
      {failure ?? text}
      <Button onClick={onAgain}>{room.ended.again}</Button>
    </p>
  );
}

type ToldProps = RoomBarProps & { readonly classRoom: ClassRoom; readonly told: ToldNotice };
function Told({ classRoom, told, hrefOfLesson, onFollow }: ToldProps) {
  const { room } = useClassWords();
  const { text, link, bytes } = told.notice;
  const offer = usePageStates().of(COMPOSER_OFFER, () => new ComposerOffer());
  return (
    <div className={notice.notice}>
      <span>{room.from(text)}</span>
      {link ? (
        <a href={hrefOfLesson(link.lesson, link.step)} onClick={onFollow}>
          {room.openLesson}
        </a>
      ) : null}
      {bytes === undefined ? null : (
        <>
          <code className={styles.bytes}>{bytes}</code>
          <Button onClick={() => offer.put(bytes)}>{room.putIn}</Button>
        </>
      )}
      <Button look="quiet" onClick={() => classRoom.putAwayNotice()}>
        {room.ok}
      </Button>
    </div>
  );
}
