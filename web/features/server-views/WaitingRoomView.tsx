import type { ReactNode } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useChapter } from '../../i18n/chapter.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { ServerBar } from './ServerBar.tsx';
import styles from './ServerViews.module.css';
import { type Server, type ServerViewProps, useServer, useWatched } from './use-server.ts';
import { type Queue, synCount, waitingRoom } from './waiting-room.ts';
import { SERVER_VIEWS } from './words.ts';

/** More free places than can be counted at a glance are not drawn. */
const FREE_MAX = 6;
const NO_QUEUE: Queue = { waiting: 0, max: 0 };

/** Who stands outside a server's accept queue, who waits in it, and whom accept() has taken out of it. */
export function WaitingRoomView(props: ServerViewProps) {
  const words = useChapter(SERVER_VIEWS);
  const server = useServer(props);
  if (!server) return <p className={styles.none}>{words.none}</p>;
  return <WaitingRoom server={server} playground={props.playground} />;
}

function WaitingRoom({ server, playground }: { readonly server: Server } & Pick<ServerViewProps, 'playground'>) {
  const t = useT();
  const words = useChapter(SERVER_VIEWS);
  const { end, connections } = server;
  const queue = (end.lab ? playground.labStats().get(end.lab.name) : end.listener?.pending) ?? NO_QUEUE;
  const kind = end.listener?.queueKind ?? playground.gateway().queue;
  const { street, room, others, chairs, counter } = waitingRoom(connections, queue, kind);
  useWatched(playground, street);
  const free = Math.max(0, chairs - room.length - others);
  const label = (record: SocketTrace) => socketLabel(t, record);
  return (
    <section className={styles.view} aria-label={words.room.label}>
      <ServerBar end={end} playground={playground} />
      <div className={styles.places}>
        <Place title={words.room.street} hint={words.room.streetHint} tone="bad">
          {street.map((record) => (
            <Person key={record.id} name={label(record)} text={words.room.syns(synCount(record))} />
          ))}
          {street.length === 0 && <li className={styles.nobody}>{words.room.nobodyOutside}</li>}
        </Place>
        <Place
          title={words.room.room}
          hint={`${words.room.chairs(queue.max, chairs)}. ${words.room.roomHint}`}
          tone="wait"
        >
          {room.map((record) => (
            <Person key={record.id} name={label(record)} text={words.room.lap(record.sentCount)} />
          ))}
          {others > 0 && <li className={styles.person}>{words.others(others)}</li>}
          {Array.from({ length: Math.min(free, FREE_MAX) }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a free place is its index
            <li key={place} className={styles.free}>
              {words.room.free}
            </li>
          ))}
          {free > FREE_MAX && <li className={styles.nobody}>+ {free - FREE_MAX}</li>}
        </Place>
        <Place title={words.room.counter} hint={words.room.counterHint} tone="good">
          {counter.map(({ client, server: accepted }) => (
            <Person
              key={(client ?? accepted)?.id}
              name={client ? label(client) : words.ports.outside}
              text={accepted ? label(accepted) : ''}
            />
          ))}
          {counter.length === 0 && <li className={styles.nobody}>{words.room.nobodyAccepted}</li>}
        </Place>
      </div>
    </section>
  );
}

type PlaceProps = {
  readonly title: string;
  readonly hint: string;
  readonly tone: 'bad' | 'wait' | 'good';
  readonly children: ReactNode;
};
function Place({ title, hint, tone, children }: PlaceProps) {
  return (
    <section className={styles.place} data-tone={tone} aria-label={title}>
      <h3>{title}</h3>
      <ul>{children}</ul>
      <p>{hint}</p>
    </section>
  );
}
function Person({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <li className={styles.person}>
      <b>{name}</b> {text && <small>{text}</small>}
    </li>
  );
}
