import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { useT } from '../../i18n/t.ts';
import type { LookedThread } from '../../python/process-look.ts';
import { QueueSquares } from '../../ui/marks/QueueSquares.tsx';
import styles from './BetweenCalls.module.css';
import type { StoodSocket } from './buffers.ts';

type SocketTableProps = {
  readonly label: string;
  readonly sockets: readonly StoodSocket[];
  readonly threads: readonly LookedThread[];
};

/** The process’s open sockets, as ss(8) lists them, with who waits on which. */
export function SocketTable({ label, sockets, threads }: SocketTableProps) {
  const t = useT();
  const { steps } = t.program;
  if (sockets.length === 0) return <p className={styles.none}>{steps.noSockets}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.sockets} aria-label={label}>
        <thead>
          <tr>
            {steps.columns.map(({ name, hint }) => (
              <th key={name} scope="col" title={hint}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sockets.map((socket) => {
            const { fd, state, local, remote, waiting, backlog, unread, underWay, kernel, options } = socket;
            const isListener = state === 'LISTEN';
            return (
              <tr key={fd}>
                <td>{fd}</td>
                <td>{state}</td>
                <td>{endpointText(local)}</td>
                <td>{isListener ? '' : endpointText(remote)}</td>
                <td title={isListener ? undefined : steps.receiveParts(unread, kernel?.receiveQueue)}>
                  {isListener ? (
                    <QueueSquares filled={waiting} places={backlog} label={t.sockets.queue(waiting, backlog)} />
                  ) : (
                    unread + (kernel?.receiveQueue ?? 0)
                  )}
                </td>
                <td title={isListener ? undefined : steps.sendParts(underWay, kernel?.sendQueue)}>
                  {isListener ? '' : underWay + (kernel?.sendQueue ?? 0)}
                </td>
                <td>{waitersOf(fd, threads, steps.mainThread)}</td>
                <td>{options.join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function waitersOf(fd: number, threads: readonly LookedThread[], main: string): string {
  return threads
    .filter(({ descriptors }) => descriptors.includes(fd))
    .map(({ name, call }) => `${name || main}: ${call}`)
    .join(', ');
}
function endpointText(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined) return '–';
  return endpoint.port === 0 && endpoint.host.startsWith('/')
    ? endpoint.host
    : formatEndpoint(endpoint.host, endpoint.port);
}
