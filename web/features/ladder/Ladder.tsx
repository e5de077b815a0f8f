import { useMemo, useState, useSyncExternalStore } from 'react';
import { otherEnd } from '../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { otherLeg } from '../../store/relay.ts';
import { useLive } from '../../ui/use-live.ts';
import type { LadderChoice } from './grid-rows.ts';
import { LadderGrid, type LadderTime } from './LadderGrid.tsx';
import type { LadderSocket } from './ladder-model.ts';
import { PeerHead } from './PeerHead.tsx';
import { RelayLadder } from './RelayLadder.tsx';

type LadderProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Index into the record's log. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  readonly time?: LadderTime;
};

/** Both ends of one connection on one clock: each call, and what crossed the wire between them. Of a relay, both of its connections. */
export function Ladder({ record, playground, selected, onSelect, time = 'since' }: LadderProps) {
  const t = useT();
  useLive(record);
  const all = useSyncExternalStore(playground.subscribe, playground.sockets);
  const other = record.source === 'live' ? otherEnd(record, all) : undefined;
  const sockets = useMemo<readonly LadderSocket[]>(
    () => [{ record, column: 'left' }, ...(other ? [{ record: other, column: 'right' as const }] : [])],
    [record, other],
  );
  const [own, theirs] = isServer(record) ? [t.ends.server, t.ends.client] : [t.ends.client, t.ends.server];
  const peer = record.lab === undefined ? (other ? theirs : t.ends.peer) : labName(t, record.lab);
  const isObserved = record.lab !== undefined || other !== undefined;
  // A call of the other socket has no place in the views of this one: its row is chosen all the same.
  const [elsewhere, setElsewhere] = useState<LadderChoice>();
  const choice = selected === undefined ? elsewhere : { record, index: selected };
  function select(next: LadderChoice | undefined): void {
    setElsewhere(next?.record === record ? undefined : next);
    onSelect(next?.record === record ? next.index : undefined);
  }

  const live = liveOf(record);
  const leg = otherLeg(live);
  if (live && leg) {
    return <RelayLadder live={live} leg={leg} all={all} selected={choice} onSelect={select} time={time} />;
  }
  return (
    <LadderGrid
      owner={record}
      label={t.ladder.label}
      sockets={sockets}
      names={{ left: own, right: peer }}
      rightHead={<PeerHead name={peer} isObserved={isObserved} />}
      selected={choice}
      onSelect={select}
      time={time}
      empty={t.ladder.empty}
    />
  );
}

function isServer({ kind }: SocketTrace): boolean {
  return kind === 'listen' || kind === 'accepted';
}
