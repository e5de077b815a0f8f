import { useState } from 'react';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { useChapter } from '../../i18n/chapter.ts';
import { labName, socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { isTaken, type ServerConnection } from '../../store/server-end.ts';
import { PortDiary } from './PortDiary.tsx';
import { ServerBar } from './ServerBar.tsx';
import styles from './ServerViews.module.css';
import { type Server, type ServerViewProps, useServer } from './use-server.ts';
import { SERVER_VIEWS } from './words.ts';

/** Whose a port is: each of a server's sockets has the same one, and four numbers tell them apart. */
export function PortsView(props: ServerViewProps) {
  const words = useChapter(SERVER_VIEWS);
  const server = useServer(props);
  if (!server) return <p className={styles.none}>{words.none}</p>;
  return (
    <section className={styles.view} aria-label={words.ports.label}>
      <ServerBar end={server.end} playground={props.playground} />
      <Board server={server} />
      <PortDiary server={server} playground={props.playground} />
    </section>
  );
}

function Board({ server: { end, connections } }: { readonly server: Server }) {
  const t = useT();
  const { ports } = useChapter(SERVER_VIEWS);
  const [pointed, setPointed] = useState<number>();
  const { endpoint, listener, lab } = end;
  const open = connections.filter(({ client, server }) => !(client ?? server)?.isOver && endsOf({ client, server }));
  const isListening = lab !== undefined || listener?.isOpen === true;
  const ends = pointed === undefined ? undefined : endsOf(open[pointed]);
  return (
    <section className={styles.board} aria-label={ports.board(endpoint.port)}>
      <h3>{ports.board(endpoint.port)}</h3>
      <p className={styles.card} data-listens={isListening || undefined}>
        <code>{formatEndpoint(endpoint.host, endpoint.port)}</code>{' '}
        <small>{isListening ? ports.listens : ports.notListening}</small>
      </p>
      <ul className={styles.pairs}>
        {open.map((connection, nth) => (
          <li key={(connection.client ?? connection.server)?.id}>
            <button
              type="button"
              className={styles.pair}
              aria-pressed={pointed === nth}
              onPointerEnter={() => setPointed(nth)}
              onFocus={() => setPointed(nth)}
              onClick={() => setPointed(nth)}
            >
              <Pair connection={connection} holder={lab && labName(t, lab.name)} />
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className={styles.sentence}>
        {ends ? ports.segment(text(ends.client), text(ends.server)) : ports.same(open.length, endpoint.port)}
      </p>
    </section>
  );
}

function Pair({ connection, holder }: { readonly connection: ServerConnection; readonly holder: string | undefined }) {
  const t = useT();
  const { ports } = useChapter(SERVER_VIEWS);
  const ends = endsOf(connection);
  if (!ends) return null;
  const { client, server } = connection;
  const serverName = server ? socketLabel(t, server) : holder;
  const isHeld = isTaken(connection) && serverName !== undefined;
  return (
    <>
      <span className={styles.card}>
        <b>{client ? socketLabel(t, client) : ports.outside}</b> <code>{tuple(ends.client, ends.server)}</code>
        <small>{ports.client}</small>
      </span>
      <span aria-hidden="true">⇄</span>
      <span className={styles.card}>
        <b>{isHeld ? ports.ofProgram(serverName) : ports.inQueue}</b> <code>{tuple(ends.server, ends.client)}</code>
        <small>{ports.server}</small>
      </span>
    </>
  );
}

type Ends = { readonly client: Endpoint; readonly server: Endpoint };
/** Undefined before connect(2) has returned. */
function endsOf(connection: ServerConnection | undefined): Ends | undefined {
  const { client, server } = connection ?? {};
  if (client?.local && client.remote) return { client: client.local, server: client.remote };
  return server?.local && server.remote ? { client: server.remote, server: server.local } : undefined;
}
const text = ({ host, port }: Endpoint): string => formatEndpoint(host, port);
const tuple = (own: Endpoint, other: Endpoint): string => `${text(own)} → ${text(other)}`;
