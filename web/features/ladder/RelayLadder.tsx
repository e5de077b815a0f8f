import { useMemo, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import type { LadderChoice } from './grid-rows.ts';
import type { LadderTime } from './LadderGrid.tsx';
import { RelayGrid } from './RelayGrid.tsx';
import { relaySockets } from './relay-rows.ts';

type RelayLadderProps = {
  /** The leg that is looked at, and the other one. */
  readonly live: LiveSocket;
  readonly leg: LiveSocket;
  /** Where the client or the server may be too. */
  readonly all: readonly SocketTrace[];
  readonly selected: LadderChoice | undefined;
  readonly onSelect: (choice: LadderChoice | undefined) => void;
  readonly time: LadderTime;
};

/** A client, a relay of the page and a server: both connections in one ladder. */
export function RelayLadder({ live, leg, all, selected, onSelect, time }: RelayLadderProps) {
  const t = useT();
  const [accepted, dialled] = live.kind === 'accepted' ? [live, leg] : [leg, live];
  const sockets = useStill(relaySockets(accepted, dialled, all));
  const legs = useMemo(() => new Map(sockets.map(({ record, leg: of }) => [record, of])), [sockets]);
  const { client, relay, server } = t.ladder.relay;
  return (
    <RelayGrid
      owner={accepted}
      label={t.ladder.label}
      sockets={sockets}
      legOf={(record) => legs.get(record) ?? 'client'}
      observed={{
        client: sockets.some(({ record, leg: of }) => of === 'client' && record !== accepted),
        server:
          dialled.lab !== undefined || sockets.some(({ record, leg: of }) => of === 'server' && record !== dialled),
      }}
      names={{ client, relay, server: dialled.lab === undefined ? server : labName(t, dialled.lab) }}
      selected={selected}
      onSelect={onSelect}
      time={time}
    />
  );
}

/** The same list while it holds the same sockets. */
function useStill<Sockets extends readonly { readonly record: SocketTrace }[]>(now: Sockets): Sockets {
  const [still, setStill] = useState(now);
  const isSame = still.length === now.length && still.every(({ record }, nth) => record === now[nth]?.record);
  if (!isSame) setStill(now);
  return isSame ? still : now;
}
