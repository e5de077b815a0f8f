import { useState } from 'react';
import type { Span } from '../../../trace/boundaries.ts';
import { otherEnd } from '../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './BoundariesView.module.css';
import { BoundaryTable } from './BoundaryTable.tsx';
import { Experiments } from './Experiments.tsx';
import { Lens } from './Lens.tsx';
import { READABLE_SCALE, SCALES } from './ruler.ts';
import { useBoundaries } from './use-boundaries.ts';

type BoundariesViewProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Where the other end of the connection may be: the sockets of the page, where nothing else is said. */
  readonly among?: readonly SocketTrace[] | undefined;
  /** Index into the record's log. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

/** Where the sends of one end ended and where the reads of the other ended: TCP is a stream, not messages. */
export function BoundariesView({ record, playground, among, selected, onSelect }: BoundariesViewProps) {
  const t = useT();
  useLive(record);
  const other = otherEnd(record, among ?? playground.sockets());
  const boundaries = useBoundaries(record.log, other?.log);
  const [zoom, setZoom] = useState<number>(SCALES.indexOf(READABLE_SCALE));
  const live = liveOf(record);
  const isServer = record.kind === 'accepted';
  const local = isServer ? t.ends.server : t.ends.client;
  const theirs = other && (isServer ? t.ends.client : t.ends.server);
  const peer = record.lab === undefined ? (theirs ?? t.ends.peer) : labName(t, record.lab);
  // A call of the other end has no place in this socket's log.
  const select = (index: number | undefined) => onSelect(index !== undefined && index < 0 ? undefined : index);
  const callOf = (span: Span) => boundaries.callOf(span);
  const of = { record, callOf, scale: SCALES[zoom] as number, selected, onSelect: select };
  return (
    <div className={styles.view}>
      <div className={toolbar.bar}>
        {live ? <Experiments record={live} labs={playground.lab()} /> : null}
        <span className={styles.zoom}>
          <Button aria-label={t.boundaries.zoomOut} isDisabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
            −
          </Button>
          <Button
            aria-label={t.boundaries.zoomIn}
            isDisabled={zoom === SCALES.length - 1}
            onClick={() => setZoom(zoom + 1)}
          >
            +
          </Button>
        </span>
      </div>
      <div className={styles.lenses}>
        <Lens {...of} direction="sent" boundaries={boundaries.sent} writer={local} reader={peer} />
        <Lens {...of} direction="received" boundaries={boundaries.received} writer={peer} reader={local} />
      </div>
      <BoundaryTable
        record={record}
        boundaries={boundaries}
        isBothTold={other !== undefined}
        selected={selected}
        onSelect={select}
      />
    </div>
  );
}
