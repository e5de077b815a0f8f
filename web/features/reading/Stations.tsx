import { useEffect } from 'react';
import { otherEnd } from '../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { type Amount, lessonOf, type StationLane, stationsOf } from '../../../trace/stations.ts';
import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { stations as english } from '../../i18n/en/stations.ts';
import { formatByteCount } from '../../i18n/format.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './Stations.module.css';

type Words = typeof english;
const STATIONS = new Chapter<Words>({
  en: async () => (await import('../../i18n/en/stations.ts')).stations,
  'zh-CN': async () => (await import('../../i18n/zh-CN/stations.ts')).stations,
});

type StationsProps = { readonly record: SocketTrace; readonly playground: Playground };

/** Where the bytes of both directions stand: what both kernels and both programs tell, asked anew four times a second. */
export function Stations({ record, playground }: StationsProps) {
  useLive(record);
  useLive(playground); // the other end may be one of the page's sockets
  useEffect(() => playground.watch(record, true), [playground, record]);
  const words = useChapter(STATIONS);
  const live = liveOf(record);
  const stations = stationsOf(record, otherEnd(record, playground.sockets()));
  const recvWaits = live?.isRecvWaiting ? words.recvWaits(live.receiveSize) : undefined;
  const lesson = live ? lessonOf(live, stations) : 'nothing';
  const datagrams = record.datagramKernel;
  return (
    <section aria-label={words.label} className={styles.stations}>
      {record.isOpen ? (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                {([words.yourProgram, words.yourKernel, words.theirKernel, words.theirProgram] as const).map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <ClientTimeline words={words} lane={stations.sent} direction="sent" />
            <ClientTimeline
              words={words}
              lane={stations.received}
              direction="received"
              recvWaits={recvWaits}
              isDatagram={record.kind === 'udp'}
            />
          </table>
          <p className={styles.lesson}>{words.lessons[lesson]}</p>
          {datagrams ? (
            <p className={styles.note}>
              {words.memory(formatByteCount(datagrams.memory), formatByteCount(datagrams.buffer))}{' '}
              {datagrams.dropped > 0 ? words.dropped(datagrams.dropped) : ''}
            </p>
          ) : null}
          {record.proxy ? <p className={styles.note}>{words.proxied}</p> : null}
        </>
      ) : (
        <p className={styles.lesson}>{words.over}</p>
      )}
    </section>
  );
}

type LaneProps = {
  readonly words: Words;
  readonly lane: StationLane;
  readonly direction: 'sent' | 'received';
  readonly recvWaits?: string | undefined;
  readonly isDatagram?: boolean;
};

/** One direction: its name and the window in a row of their own, and the four stations under it. */
function ClientTimeline({ words, lane, direction, recvWaits, isDatagram = false }: LaneProps) {
  const { unsent, sendQueue, receiveQueue, read, window, isBlocked } = lane;
  const { places } = words;
  const most = Math.max(1, ...[unsent, sendQueue, receiveQueue].map((amount) => amount?.count ?? 0));
  const cells = [
    { name: places.unsent, amount: unsent, note: isBlocked ? words.waits : undefined },
    { name: places.sendQueue, amount: sendQueue },
    { name: isDatagram ? places.next : places.receiveQueue, amount: receiveQueue },
    { name: places.read, amount: read, note: recvWaits, isTotal: true },
  ];
  return (
    <tbody className={styles[direction]}>
      <tr>
        <th scope="rowgroup" colSpan={4} className={styles.lane}>
          {direction === 'sent' ? `${words.sent} →` : `← ${words.received}`}
          {window === undefined ? null : (
            <small data-closed={window === 0 || undefined}>
              {window === 0 ? words.closedWindow : words.window(formatByteCount(window))}
            </small>
          )}
        </th>
      </tr>
      <tr>
        {(direction === 'sent' ? cells : cells.toReversed()).map(({ name, amount, note, isTotal = false }) => (
          <td key={name} className={kindOf(amount)}>
            <Station
              words={words}
              name={name}
              amount={amount}
              note={note}
              share={isTotal ? 0 : (amount?.count ?? 0) / most}
            />
          </td>
        ))}
      </tr>
    </tbody>
  );
}

type StationProps = {
  readonly words: Words;
  readonly name: string;
  readonly amount: Amount;
  readonly note: string | undefined;
  /** How much of the bar it fills, 0 to 1. */
  readonly share: number;
};

function Station({ words, name, amount, note, share }: StationProps) {
  return (
    <>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
      </span>
      <span className={styles.count}>{amount ? formatByteCount(amount.count) : words.unknown}</span>{' '}
      <span className={styles.place}>{name}</span>{' '}
      {amount && !amount.isMeasured ? <small>{words.inferred}</small> : null}
      {note === undefined ? null : <strong className={styles.waits}>{note}</strong>}
    </>
  );
}

function kindOf(amount: Amount): string | undefined {
  if (!amount) return styles.unknown;
  return amount.isMeasured ? styles.measured : styles.inferred;
}
