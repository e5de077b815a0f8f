import { type FormEvent, useEffect, useState, useSyncExternalStore } from 'react';
import { segmentOf } from '../../../protocol/pages.ts';
import type { RoomInfo } from '../../../protocol/rooms/records.ts';
import { ClassView } from '../../features/classroom/ClassView.tsx';
import { CreateRoom } from '../../features/classroom/CreateRoom.tsx';
import { KeysDialog, type RoomKeys } from '../../features/classroom/KeysDialog.tsx';
import styles from '../../features/classroom/Teach.module.css';
import { useClassRoom } from '../../features/classroom/use-class-room.ts';
import { useFailureText } from '../../features/classroom/use-failure-text.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import { TEACH_KEY } from '../../platform/class-stored.ts';
import { readStored, writeStored } from '../../platform/stored.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import type { DeepLink } from '../../ui/page/deep-link.ts';
import { WatchedPageView } from '../../workplaces/watched/WatchedPageView.tsx';
import { useLessonTitles } from './use-lesson-titles.ts';

type TeachPageProps = {
  readonly playground: Playground;
  readonly base: string;
  readonly link: DeepLink;
  readonly hasSingleKeys: boolean;
};

/** The instructor's page: a key, then a room, then the class. */
export function TeachPage({ playground, base, link, hasSingleKeys }: TeachPageProps) {
  const { teach } = useClassWords();
  const { phase } = useSyncExternalStore(playground.subscribe, playground.gateway);
  const classRoom = useClassRoom(playground);
  const lessons = useLessonTitles(classRoom.pack, base);
  const [key, setKey] = useState(() => readStored('tab', TEACH_KEY) ?? '');
  const [keys, setKeys] = useState<RoomKeys>();
  const [isNew, setNew] = useState(false);
  const [hasLeft, setLeft] = useState(false);
  const { model } = classRoom;
  const address = `${window.location.origin}${base}`;
  const roomLink = (room: string, own: string): string => `${address}${segmentOf('teach')}#room=${room}&key=${own}`;

  if (phase === 'connecting') return <p className={styles.start}>{teach.wait}</p>;
  if (!classRoom.isOffered) return <p className={styles.start}>{teach.off}</p>;
  if (classRoom.isTeaching) {
    return (
      <>
        <ClassView
          key={model.room}
          classRoom={classRoom}
          lessons={lessons}
          joinLink={`${address}#room=${model.code}`}
          hasSingleKeys={hasSingleKeys}
          isNew={isNew}
          onHelperKey={(helper) => setKeys({ helper: roomLink(model.room ?? '', helper) })}
          onLeave={() => {
            setLeft(true);
            void classRoom.attempt(() => classRoom.client.leave());
          }}
          showPage={(page, part) => <WatchedPageView page={page} playground={playground} part={part} />}
        />
        {keys ? <KeysDialog keys={keys} onClose={() => setKeys(undefined)} /> : null}
      </>
    );
  }
  function take(text: string): void {
    const given = text.trim().replace(/^.*#key=/, '');
    writeStored('tab', TEACH_KEY, given);
    setKey(given);
  }
  return (
    <div className={styles.start}>
      <h1>{teach.rooms.title}</h1>
      <p>{teach.about}</p>
      <Failure classRoom={classRoom} />
      {hasLeft && link.room !== undefined ? (
        <Button onClick={() => setLeft(false)}>{teach.rooms.again}</Button>
      ) : key === '' ? (
        <KeyForm onKey={take} />
      ) : (
        <Rooms
          classRoom={classRoom}
          serverKey={key}
          roomOfLink={hasLeft ? undefined : link.room}
          onRefused={() => setKey('')}
          onCreated={({ room, key: own, helper }) => {
            setNew(true);
            setKeys({ room: roomLink(room, own), helper: roomLink(room, helper) });
          }}
        />
      )}
    </div>
  );
}

/** The room that is taught stands in the footer. */
export function TeachStatus({ playground }: TeachPageProps) {
  const { teach } = useClassWords();
  const { model, isTeaching } = useClassRoom(playground);
  return isTeaching ? <span>{teach.status(model.name)}</span> : null;
}

function Failure({ classRoom }: { readonly classRoom: ClassRoom }) {
  const text = useFailureText(classRoom);
  return text === undefined ? null : <p role="alert">{text}</p>;
}

function KeyForm({ onKey }: { readonly onKey: (text: string) => void }) {
  const { teach } = useClassWords();
  const [text, setText] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '') onKey(text);
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{teach.key.about}</p>
      <TextField label={teach.key.label} isMono autoComplete="off" value={text} onChange={setText} />
      <Button type="submit" look="primary">
        {teach.key.open}
      </Button>
    </form>
  );
}

type RoomsProps = {
  readonly classRoom: ClassRoom;
  readonly serverKey: string;
  /** A room whose own key this is. */
  readonly roomOfLink: string | undefined;
  readonly onRefused: () => void;
  readonly onCreated: (made: { readonly room: string; readonly key: string; readonly helper: string }) => void;
};
function Rooms({ classRoom, serverKey: key, roomOfLink, onRefused, onCreated }: RoomsProps) {
  const { teach } = useClassWords();
  const [rooms, setRooms] = useState<readonly RoomInfo[]>();
  const { client, model } = classRoom;

  useEffect(() => {
    let isCurrent = true;
    async function look(): Promise<void> {
      if (roomOfLink !== undefined) {
        if (!(await classRoom.attempt(() => client.comeBack({ room: roomOfLink, key }))) && isCurrent) onRefused();
        return;
      }
      const isTaken = await classRoom.attempt(async () => {
        const answer = await client.ask('list', { key });
        if (isCurrent && answer.say === 'rooms') setRooms(answer.rooms);
      });
      if (!isTaken && isCurrent) onRefused();
    }
    void look();
    return () => {
      isCurrent = false;
    };
  }, [classRoom, client, key, roomOfLink, onRefused]);

  if (!rooms) return null;
  return (
    <>
      <ul className={styles.list}>
        {rooms.map(({ room, name, here, seats }) => (
          <li key={room} className={styles.room}>
            <b>{name}</b> {teach.rooms.here(here, seats)}
            <Button onClick={() => void classRoom.attempt(() => client.comeBack({ room, key }))}>
              {teach.rooms.open(name)}
            </Button>
          </li>
        ))}
      </ul>
      {rooms.length === 0 ? <p>{teach.rooms.none}</p> : null}
      <CreateRoom
        onCreate={(name, policy) =>
          void classRoom.attempt(async () => {
            const made = await client.create({ key, name, policy });
            onCreated({ room: model.room ?? '', key: made.key, helper: made.helperKey });
          })
        }
      />
    </>
  );
}
